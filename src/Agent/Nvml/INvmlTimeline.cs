namespace Fleetmark.Agent.Nvml;

/// <summary>Is told where launches are; for telemetry that is replayed and must know where it is.</summary>
internal interface INvmlTimeline
{
    /// <summary>A worker is about to be started on a device.</summary>
    void Begin(string uuid);

    /// <summary>Its sampling began.</summary>
    void Sample(string uuid);

    /// <summary>It is gone.</summary>
    void End(string uuid);
}
