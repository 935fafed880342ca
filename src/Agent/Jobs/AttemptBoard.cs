using System.Diagnostics.CodeAnalysis;
using Fleetmark.Agent.Fleet;
using Fleetmark.Agent.Sessions;
using Fleetmark.Agent.Spool;
using Fleetmark.Agent.Workers;
using Fleetmark.Contracts.Fleet;
using Fleetmark.Contracts.Fleet.Wire;
using Fleetmark.Contracts.Jobs;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Fleetmark.Agent.Jobs;

/// <summary>
/// Which device runs which attempt. Takes assignments or refuses them, ends attempts on request, and knows what to say in hello and heartbeat. No verb here waits:
/// the link's read loop calls them.
/// </summary>
internal sealed partial class AttemptBoard(
    AttemptRunner runner, ResultSpool spool, LostDevices lost, Outbox outbox, IOptions<AgentOptions> options, TimeProvider clock, ILogger<AttemptBoard> log)
{
    private static readonly TimeSpan RetrySpooling = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan TrustRefusal = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, RunningAttempt> _byDevice = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _lockedElsewhere = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (Device Device, string Why)> _held = new(StringComparer.Ordinal);
    private IReadOnlyList<Device> _devices = [];
    private volatile bool _isDraining;

    /// <summary>Set when a device became free or busy.</summary>
    internal Pulse Changed { get; } = new();

    /// <summary>True while a CPU is timed, so that the agent keeps quiet.</summary>
    internal bool IsSampling => Snapshot().Any(attempt => attempt.IsSampling);

    /// <summary>Names the devices; once, before the first session.</summary>
    internal void Offer(IReadOnlyList<Device> devices) => _devices = devices;

    /// <summary>The devices.</summary>
    internal IReadOnlyList<Device> Devices => _devices;

    /// <summary>
    /// Keeps a device for the agent itself: it gets no attempts from now on, and nothing starts that would disturb it. What already runs goes on;
    /// <see cref="TryTake"/> tells when it is over.
    /// </summary>
    internal void Hold(Device device, string why)
    {
        lock (_gate)
        {
            if (!_held.TryAdd(device.Uuid, (device, why))) return;
        }

        Changed.Set();
    }

    /// <summary>The devices the agent keeps for itself.</summary>
    internal IReadOnlyList<Device> Held()
    {
        lock (_gate) return [.. _held.Values.Select(held => held.Device)];
    }

    /// <summary>Locks a held device; null while an attempt that would disturb it still runs, or another agent has it.</summary>
    internal DeviceLocks? TryTake(Device device)
    {
        lock (_gate) return _byDevice.Values.Any(other => other.Device.Uuid == device.Uuid || Disturbs(other.Device, device)) ? null : TryLock(device);
    }

    /// <summary>Gives a held device back.</summary>
    internal void Release(Device device)
    {
        lock (_gate)
        {
            if (!_held.Remove(device.Uuid)) return;
        }

        Changed.Set();
    }

    /// <summary>True while an attempt has the device.</summary>
    internal bool IsWorking(Device device)
    {
        lock (_gate) return _byDevice.ContainsKey(device.Uuid);
    }

    /// <summary>Attempts that run in this process.</summary>
    internal IReadOnlyList<AttemptKey> Running() => [.. Snapshot().Where(attempt => !attempt.Settled.IsCompleted).Select(attempt => attempt.Key)];

    /// <summary>Every device with its state, never a difference.</summary>
    internal IReadOnlyList<DeviceState> States()
    {
        bool isFull = spool.IsFull;
        lock (_gate)
        {
            return [.. _devices.Select(device =>
            {
                string whyNot = WhyNot(device, isFull);
                return new DeviceState { Uuid = device.Uuid, Ready = whyNot.Length == 0, WhyNot = whyNot };
            })];
        }
    }

    /// <summary>Takes an assignment or refuses it. The same one again is the same attempt: accepted while it runs, answered by its result when that waits.</summary>
    internal void Assign(Assign assign)
    {
        var key = AttemptKey.From(assign.Attempt);
        if (Running().Contains(key)) outbox.Post(new AgentMessage { Accepted = new Accepted { Attempt = assign.Attempt } });
        else if (spool.Contains(key)) LogFinishedAlready(key);
        else if (Refusal(assign) is { } reason) Refuse(assign, reason);
    }

    /// <summary>The run was cancelled.</summary>
    internal void Cancel(AttemptKey key)
    {
        if (Find(key) is not { } attempt) return;
        LogStopping(key, StopReason.Cancelled);
        attempt.Stop.Raise(StopReason.Cancelled, Ladder.Patient);
    }

    /// <summary>The silo gave the job to somebody else.</summary>
    internal void Fence(AttemptKey key)
    {
        if (Find(key) is not { } attempt) return;
        LogStopping(key, StopReason.Fenced);
        attempt.Stop.Raise(StopReason.Fenced, Ladder.Patient);
    }

    /// <summary>No new work from now on.</summary>
    internal void Drain()
    {
        _isDraining = true;
        Changed.Set();
    }

    /// <summary>Ends what runs, fast.</summary>
    internal void StopAll()
    {
        foreach (RunningAttempt attempt in Snapshot())
        {
            LogStopping(attempt.Key, StopReason.Drain);
            attempt.Stop.Raise(StopReason.Drain, Ladder.Hasty);
        }
    }

    /// <summary>Completes when the attempts of this moment are settled.</summary>
    internal Task IdleAsync() => Task.WhenAll(Snapshot().Select(attempt => attempt.Settled));

    /// <summary>Starts the attempt, or says why not.</summary>
    private string? Refusal(Assign assign)
    {
        if (_devices.FirstOrDefault(device => device.Uuid == assign.DeviceUuid) is not { } device) return "unknown-device";
        bool isFull = spool.IsFull;
        lock (_gate)
        {
            if (WhyNot(device, isFull) is { Length: > 0 } whyNot) return whyNot is "draining" or "disk-full" ? whyNot : "host-busy";
            if (TryLock(device) is not { } locks)
            {
                _lockedElsewhere[device.Uuid] = clock.GetTimestamp();
                return "host-busy";
            }

            var attempt = new RunningAttempt(assign, device, locks);
            _byDevice[device.Uuid] = attempt;
            outbox.Post(new AgentMessage { Accepted = new Accepted { Attempt = assign.Attempt } });
            LogAccepted(attempt.Key, assign.Launch?.ModelName ?? "", assign.Launch?.Batch ?? 0, device.Uuid);
            _ = Task.Run(() => RunAsync(attempt), CancellationToken.None);
        }

        Changed.Set();
        return null;
    }

    /// <summary>A lock that cannot be asked for is one that others may hold.</summary>
    private DeviceLocks? TryLock(Device device)
    {
        try
        {
            return DeviceLocks.TryTake(options.Value, device, _devices);
        }
        catch (IOException e)
        {
            LogNoLock(device.Uuid, e.Message);
            return null;
        }
    }

    private void Refuse(Assign assign, string reason)
    {
        LogRefused(AttemptKey.From(assign.Attempt), reason);
        outbox.Post(new AgentMessage { Refused = new Refused { Attempt = assign.Attempt, Reason = reason } });
        Changed.Set();
    }

    /// <summary>Whatever fails in here, the attempt ends and its device is free again once the worker is gone.</summary>
    [SuppressMessage("Design", "CA1031", Justification = "The boundary of settling and freeing: nobody awaits this task, and the silo gives the job out again.")]
    private async Task RunAsync(RunningAttempt attempt)
    {
        try
        {
            AttemptEnd end = await EndAsync(attempt);
            try
            {
                await SettleAsync(attempt, end);
            }
            finally
            {
                attempt.Settle();
                await GoneAsync(end.DeviceFree);
            }
        }
        catch (Exception e)
        {
            LogDefect(e, attempt.Key);
        }
        finally
        {
            Free(attempt);
        }
    }

    [SuppressMessage("Design", "CA1031", Justification = "The boundary of an attempt: a defect of ours fails this attempt, not the agent.")]
    private async Task<AttemptEnd> EndAsync(RunningAttempt attempt)
    {
        try
        {
            return await runner.RunAsync(attempt);
        }
        catch (Exception e)
        {
            LogDefect(e, attempt.Key);
            return AttemptRunner.Failed(attempt, FailureCode.Internal, $"{e.GetType().Name}: {e.Message}");
        }
    }

    /// <summary>Waits for a worker that survived SIGKILL; its result need not wait.</summary>
    private async Task GoneAsync(Task deviceFree)
    {
        if (deviceFree.IsCompletedSuccessfully) return;
        spool.Changed.Set();
        Changed.Set();
        await deviceFree;
    }

    /// <summary>The device is free before anybody hears of the result: the answer to it may be the next assignment.</summary>
    private void Free(RunningAttempt attempt)
    {
        lock (_gate) _byDevice.Remove(attempt.Device.Uuid);
        attempt.Dispose();
        attempt.Settle();
        spool.Changed.Set();
        Changed.Set();
    }

    private async Task SettleAsync(RunningAttempt attempt, AttemptEnd end)
    {
        if (end.Returned is { } reason)
        {
            LogReturned(attempt.Key, reason);
            outbox.Post(new AgentMessage { Returned = new Returned { Attempt = attempt.Key.ToWire(), Reason = reason } });
        }
        else if (end.Result is { } result)
        {
            if (result.ErrorCode is { } code) LogFailed(attempt.Key, code, result.ErrorText ?? "");
            while (!TrySpool(attempt.Key, result)) await Task.Delay(RetrySpooling, clock, CancellationToken.None);
        }
    }

    private bool TrySpool(AttemptKey key, Contracts.Results.AttemptResult result)
    {
        try
        {
            spool.Add(result);
            return true;
        }
        catch (IOException e)
        {
            LogNotSpooled(key, e.Message);
            return false;
        }
    }

    private string WhyNot(Device device, bool isFull)
    {
        if (_isDraining) return "draining";
        if (_byDevice.TryGetValue(device.Uuid, out RunningAttempt? attempt)) return attempt.Settled.IsCompleted ? "stuck" : "busy";
        if (lost.Reason(device.Uuid) is { } reason) return "device-lost: " + reason;
        if (_held.TryGetValue(device.Uuid, out (Device Device, string Why) held)) return held.Why;
        if (isFull) return "disk-full";
        if (_byDevice.Values.Select(other => other.Device).Concat(_held.Values.Select(one => one.Device)).Any(other => Disturbs(other, device))) return "host-busy";
        return _lockedElsewhere.TryGetValue(device.Uuid, out long at) && clock.GetElapsedTime(at) < TrustRefusal ? "host-busy" : "";
    }

    /// <summary>True when two devices must not work at the same time: a CPU is measured alone, and two GPUs only overlap on cores of their own.</summary>
    private static bool Disturbs(Device one, Device other) => one.IsCpu || other.IsCpu || one.Cpus.Intersect(other.Cpus).Any();

    private RunningAttempt? Find(AttemptKey key) => Snapshot().FirstOrDefault(attempt => attempt.Key == key);

    private RunningAttempt[] Snapshot()
    {
        lock (_gate) return [.. _byDevice.Values];
    }
}
