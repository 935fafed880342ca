namespace Fleetmark.Worker.Throughput;

/// <summary>The clock of concurrent loops. Implement it as a struct, so that the loop is compiled for it.</summary>
internal interface ITicks
{
    /// <summary>Now, in nanoseconds of <c>CLOCK_MONOTONIC</c>.</summary>
    long Now();
}
