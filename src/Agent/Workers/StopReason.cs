namespace Fleetmark.Agent.Workers;

/// <summary>Why an attempt is to stop.</summary>
internal enum StopReason
{
    /// <summary>The run was cancelled: the job goes back as <c>cancelled</c>.</summary>
    Cancelled,

    /// <summary>The attempt is somebody else's by now: nobody wants to hear of it.</summary>
    Fenced,

    /// <summary>The agent stops: the job goes back as <c>drain</c>.</summary>
    Drain,

    /// <summary>The device is lost: the attempt fails, and the worker cannot know.</summary>
    DeviceLost,
}
