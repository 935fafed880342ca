namespace Fleetmark.Agent.Telemetry;

/// <summary>What was read of a GPU over a launch.</summary>
/// <param name="Samples">In the order of time, the first before the worker was started; at least one.</param>
/// <param name="HasForeignProcess">Whether a process that is not the worker's computed on it; null when the driver lists none.</param>
/// <param name="IsSimulated">Whether it was replayed from a file.</param>
/// <param name="Loss">The driver's answer that said that the device is lost; null while it is there.</param>
/// <param name="WorkerStart">When the worker was started, in <c>CLOCK_MONOTONIC</c> nanoseconds; null when none was.</param>
internal sealed record GpuLaunchTrace(IReadOnlyList<GpuSample> Samples, bool? HasForeignProcess, bool IsSimulated, int? Loss, long? WorkerStart = null);
