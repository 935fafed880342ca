using Fleetmark.Agent.Clocks;
using Fleetmark.Agent.Files;
using Fleetmark.Agent.Fleet;
using Fleetmark.Agent.Harness;
using Fleetmark.Agent.Jobs;
using Fleetmark.Agent.Link;
using Fleetmark.Agent.Loops;
using Fleetmark.Agent.Nvml;
using Fleetmark.Agent.Spool;
using Fleetmark.Agent.Workers;
using Fleetmark.Documents;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Fleetmark.Agent.Hosting;

/// <summary>
/// The agent's life: take the data folder, end what a predecessor left, find out what this machine can do, keep the link until told to stop. Then no new work, the
/// grace for what runs, the short ladder, goodbye.
/// </summary>
internal sealed partial class AgentHost(
    IOptions<AgentOptions> options,
    Leftovers leftovers,
    NvmlLibrary gpus,
    ClockKeeper clocks,
    DeviceInventory inventory,
    MachineProbe probe,
    HarnessRecord harness,
    TimedCores timed,
    ResultSpool spool,
    AttemptBoard board,
    DeviceWatchLoop deviceWatch,
    CalibrationLoop calibration,
    GatewayLink link,
    IHostApplicationLifetime lifetime,
    TimeProvider clock,
    ILogger<AgentHost> log) : IHostedService, IDisposable
{
    private static readonly TimeSpan SettleLimit = Ladder.Hasty.Stuck + TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan GoodbyeLimit = TimeSpan.FromSeconds(0.5);

    private readonly CancellationTokenSource _end = new();
    private readonly CancellationTokenSource _hurry = new();
    private readonly StopSignal _stopOwn = new();
    private FileLock? _own;
    private IReadOnlyList<Device> _devices = [];
    private Task _life = Task.CompletedTask;

    /// <summary>True when it stopped because it could not go on; asked after the host stopped.</summary>
    internal bool IsBroken => _life.IsFaulted;

    /// <summary>Takes the folders and finds the devices; the rest goes on in the background, because a probe takes a second and a silo may be away.</summary>
    /// <exception cref="ProblemException">A folder cannot be used, or the configured cores are not there.</exception>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            TakeFolders();
            if (gpus.Problem is { } problem) LogNoGpus(problem);
            clocks.ResetLeftOver();
            _devices = inventory.Find();
            timed.Reserve(_devices);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ProblemException(new Problem("agent-folder", "Agent", e.Message, "set Agent:DataFolder, Agent:ModelsFolder and Agent:LockFolder to folders the agent may write to"));
        }

        _life = Task.Run(LiveAsync, CancellationToken.None);
        return Task.CompletedTask;
    }

    /// <summary>Ends the agent; within four seconds when the grace is zero or <paramref name="cancellationToken"/> is cancelled.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        LogStopping(board.Running().Count, options.Value.DrainGrace);
        board.Drain();
        _stopOwn.Raise(StopReason.Drain, Ladder.Hasty);
        using (var hurry = CancellationTokenSource.CreateLinkedTokenSource(_hurry.Token, cancellationToken))
            await WithinAsync(board.IdleAsync(), options.Value.DrainGrace, hurry.Token);
        board.StopAll();
        await WithinAsync(board.IdleAsync(), SettleLimit, CancellationToken.None);
        if (await link.CloseAsync(GoodbyeLimit)) await WithinAsync(_life, 2 * GoodbyeLimit, CancellationToken.None);
        await _end.CancelAsync();
        await _life.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _own?.Dispose();
    }

    /// <summary>Skips the grace: a person asked a second time.</summary>
    internal void Hurry() => _hurry.Cancel();

    public void Dispose()
    {
        _own?.Dispose();
        _stopOwn.Dispose();
        _hurry.Dispose();
        _end.Dispose();
    }

    private void TakeFolders()
    {
        Directory.CreateDirectory(options.Value.DataFolder);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(options.Value.DataFolder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Directory.CreateDirectory(options.Value.ModelsFolder);
        if (options.Value.LockFolder is { } locks) Directory.CreateDirectory(locks);
        _own = FileLock.TryTake(options.Value.OwnLock()) ?? throw new ProblemException(
            new Problem("agent-running", options.Value.DataFolder, "another agent uses this data folder", "stop it, or set Agent:DataFolder"));
        spool.Open();
    }

    private async Task LiveAsync()
    {
        try
        {
            await leftovers.RemoveAsync(options.Value.Work(), _end.Token);
            IReadOnlyList<Device> devices = await probe.ProbeAsync(_devices, _stopOwn);
            await harness.RefreshAsync(devices, _stopOwn);
            board.Offer(devices);
            calibration.HoldDue();
            foreach (Device device in devices) LogDevice(device.Uuid, device.Name, device.Cpus.Count);
            await LinkAsync();
        }
        catch (OperationCanceledException) when (_end.IsCancellationRequested)
        {
            // Told to stop.
        }
        catch (Exception e)
        {
            LogBroken(e);
            lifetime.StopApplication();
            throw;
        }
    }

    /// <summary>Keeps the link, and what lives as long as it does.</summary>
    private async Task LinkAsync()
    {
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(_end.Token);
        Task watching = deviceWatch.RunAsync(linked.Token);
        Task calibrating = calibration.RunAsync(_stopOwn);
        try
        {
            await link.RunAsync(_end.Token);
        }
        finally
        {
            await linked.CancelAsync();
            _stopOwn.Raise(StopReason.Drain, Ladder.Hasty);
            await Task.WhenAll(watching, calibrating);
        }
    }

    private async Task WithinAsync(Task task, TimeSpan limit, CancellationToken cancel)
    {
        try
        {
            await task.WaitAsync(limit, clock, cancel);
        }
        catch (Exception e) when (e is TimeoutException or OperationCanceledException)
        {
            // Patience is over; the next step of the shutdown does not need it.
        }
    }

    [LoggerMessage(5000, LogLevel.Information, "Device {Device}: {Name}, {Cores} cores")]
    private partial void LogDevice(string device, string name, int cores);

    [LoggerMessage(5003, LogLevel.Warning, "No GPU can be used: {Reason}")]
    private partial void LogNoGpus(string reason);

    [LoggerMessage(5001, LogLevel.Information, "Stopping; {Count} attempts run and get {Grace}")]
    private partial void LogStopping(int count, TimeSpan grace);

    [LoggerMessage(5002, LogLevel.Critical, "The agent cannot go on")]
    private partial void LogBroken(Exception e);
}
