namespace Fleetmark.Benchmarks;

/// <summary>A benchmark with limits of its own.</summary>
internal interface IJudged
{
    /// <summary>0 within the limits, 3 outside, 4 not measurable here.</summary>
    int ExitCode { get; }
}
