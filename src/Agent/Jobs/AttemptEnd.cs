using Fleetmark.Contracts.Results;

namespace Fleetmark.Agent.Jobs;

/// <summary>How an attempt ended: with a result to be spooled, with the job going back, or in a way nobody is to hear of.</summary>
internal sealed record AttemptEnd
{
    private AttemptEnd()
    {
    }

    /// <summary>A number or a failure.</summary>
    internal AttemptResult? Result { get; private init; }

    /// <summary>Why the job goes back: <c>drain</c>, <c>cancelled</c>.</summary>
    internal string? Returned { get; private init; }

    /// <summary>Completes when the device may be used again.</summary>
    internal Task DeviceFree { get; private init; } = Task.CompletedTask;

    internal static AttemptEnd Finished(AttemptResult result, Task deviceFree) => new() { Result = result, DeviceFree = deviceFree };

    internal static AttemptEnd GoesBack(string reason, Task deviceFree) => new() { Returned = reason, DeviceFree = deviceFree };

    internal static AttemptEnd Silent(Task deviceFree) => new() { DeviceFree = deviceFree };
}
