using System.Data.Common;
using Fleetmark.Contracts.Fleet;
using Fleetmark.Contracts.Jobs;
using Fleetmark.Silo.Jobs;
using Fleetmark.Storage.Jobs;
using Orleans.Placement;

namespace Fleetmark.Silo.Fleet;

/// <summary>Decides in memory which waiting job goes to which ready device of one class; one statement per batch makes it true.</summary>
/// <remarks>Key: slug of the device class. Callers: the gateways of all silos, run grains. Truth: rows job and attempt. Memory: the ready devices each silo
/// reported, complete again within five seconds of a loss. After a crash: nothing to repair. Two activations: SKIP LOCKED and one open attempt per device.</remarks>
[RandomPlacement]
internal sealed partial class DevicePoolGrain(
    JobQueries jobs, LeaseStatement lease, JobReturn jobReturn, DispatchOptions options, TimeProvider clock, ILogger<DevicePoolGrain> log)
    : Grain, IDevicePoolGrain
{
    private static readonly TimeSpan DeliverWithin = TimeSpan.FromSeconds(2);

    private readonly Dictionary<string, SiloReport> _reports = new(StringComparer.Ordinal);
    private readonly Dictionary<int, long> _idleSince = [];
    private IGrainTimer? _pump;

    private string Slug => this.GetPrimaryKeyString();

    /// <inheritdoc/>
    public Task Ready(ReadyReport report)
    {
        _reports[report.Silo] = new SiloReport(report.Gateway, report.Devices, clock.GetTimestamp());
        foreach (ReadyDevice device in report.Devices) _idleSince.TryAdd(device.DeviceId, clock.GetTimestamp());
        return WorkAvailable();
    }

    /// <inheritdoc/>
    public Task WorkAvailable()
    {
        _pump ??= this.RegisterGrainTimer(Pump, new GrainTimerCreationOptions(TimeSpan.Zero, options.PollEvery) { KeepAlive = true });
        _pump.Change(TimeSpan.Zero, options.PollEvery);
        return Task.CompletedTask;
    }

    /// <summary>One round: choose, lease, push. Ends itself when no silo reports devices any more.</summary>
    private async Task Pump(CancellationToken cancel)
    {
        ForgetSilentSilos();
        if (_reports.Count == 0)
        {
            _pump?.Dispose();
            _pump = null;
            return;
        }

        ReadyDevice[] devices =
            [.. _reports.Values.OrderByDescending(r => r.At).SelectMany(r => r.Devices).DistinctBy(d => d.DeviceId).OrderBy(d => _idleSince.GetValueOrDefault(d.DeviceId))];
        if (devices.Length == 0) return;
        IReadOnlyList<WaitingJob> waiting = await jobs.WaitingAsync(Slug, options.LookAhead, cancel);
        IReadOnlyList<ChosenPair> pairs = JobChoice.Choose(devices.Take(options.BatchSize), waiting);
        if (pairs.Count == 0) return;

        IReadOnlyList<Lease> leases = await lease.ExecuteAsync(
            [.. pairs.Select(p => new LeaseWish(p.Job.JobId, p.Device.DeviceId, p.Device.Incarnation))], options.LeaseTime, cancel);
        await Task.WhenAll(leases.GroupBy(l => _reports.Values.Where(r => r.Has(l.DeviceId)).MaxBy(r => r.At)!).ToArray().Select(g => PushAsync(g.Key, [.. g], cancel)));
    }

    /// <summary>Hands a silo its assignments. What cannot be delivered goes back at once, counted as nothing.</summary>
    private async Task PushAsync(SiloReport report, IReadOnlyList<Lease> leases, CancellationToken cancel)
    {
        foreach (Lease taken in leases)
        {
            foreach (SiloReport any in _reports.Values) any.Take(taken.DeviceId);
            _idleSince.Remove(taken.DeviceId);
            LogLeased(taken.Key.JobId, taken.Key.Attempt, taken.DeviceId, Slug);
        }

        Assignment[] assignments = [.. leases.Select(l => new Assignment { JobId = l.Key.JobId, Attempt = l.Key.Attempt, DeviceId = l.DeviceId })];
        foreach (Assignment undelivered in await DeliverAsync(report.Gateway, assignments, cancel))
            await TakeBackAsync(new AttemptKey(undelivered.JobId, undelivered.Attempt));
    }

    private async Task<IReadOnlyList<Assignment>> DeliverAsync(IGatewayObserver gateway, Assignment[] assignments, CancellationToken cancel)
    {
        using var late = new CancellationTokenSource(DeliverWithin, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, late.Token);
        try
        {
            return await gateway.Deliver(assignments, either.Token).WaitAsync(either.Token);
        }
        catch (Exception e) when (e is OrleansException or TimeoutException or OperationCanceledException)
        {
            LogUndelivered(e, assignments.Length, Slug);
            return assignments;
        }
    }

    /// <summary>Also when this activation is on its way out: the job must not wait for the end of its lease.</summary>
    private async Task TakeBackAsync(AttemptKey key)
    {
        try
        {
            await jobReturn.ReturnAsync(key, "not delivered", devices: null, CancellationToken.None);
        }
        catch (DbException e)
        {
            // Its lease runs out: nothing is lost but time.
            LogNotTakenBack(e, key.JobId, key.Attempt);
        }
    }

    private void ForgetSilentSilos()
    {
        foreach ((string silo, SiloReport report) in _reports)
            if (clock.GetElapsedTime(report.At) > options.SiloSilence) _reports.Remove(silo);
        var present = _reports.Values.SelectMany(r => r.Devices).Select(d => d.DeviceId).ToHashSet();
        foreach (int device in _idleSince.Keys)
            if (!present.Contains(device)) _idleSince.Remove(device);
    }

    /// <summary>What one silo said last.</summary>
    private sealed class SiloReport(IGatewayObserver gateway, IReadOnlyList<ReadyDevice> devices, long at)
    {
        public IGatewayObserver Gateway { get; } = gateway;

        public IReadOnlyList<ReadyDevice> Devices { get; private set; } = devices;

        public long At { get; } = at;

        public bool Has(int deviceId) => Devices.Any(d => d.DeviceId == deviceId);

        public void Take(int deviceId) => Devices = [.. Devices.Where(d => d.DeviceId != deviceId)];
    }
}
