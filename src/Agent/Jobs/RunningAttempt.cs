using Fleetmark.Agent.Fleet;
using Fleetmark.Agent.Workers;
using Fleetmark.Contracts.Fleet;
using Fleetmark.Contracts.Fleet.Wire;
using Fleetmark.Contracts.Jobs;

namespace Fleetmark.Agent.Jobs;

/// <summary>An attempt this process holds, from its acceptance until its device is free again.</summary>
internal sealed class RunningAttempt(Assign assign, Device device, DeviceLocks locks) : IDisposable
{
    private readonly TaskCompletionSource _settled = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal AttemptKey Key { get; } = AttemptKey.From(assign.Attempt);

    internal Assign Assign => assign;

    internal Device Device => device;

    /// <summary>Excludes every other agent of the machine.</summary>
    internal DeviceLocks Locks => locks;

    /// <summary>Ends it early.</summary>
    internal StopSignal Stop { get; } = new();

    /// <summary>True while timed calls run on cores the agent shares: then it only sends heartbeats.</summary>
    internal bool IsSampling { get; set; }

    /// <summary>Completes when its result is on disk or its job was given back. The device may still be busy with a worker that does not go.</summary>
    internal Task Settled => _settled.Task;

    internal void Settle() => _settled.TrySetResult();

    public void Dispose()
    {
        locks.Dispose();
        Stop.Dispose();
    }
}
