namespace Fleetmark.Benchmarks.Protocol;

/// <summary>What a rule says of one launch, in nanoseconds.</summary>
/// <param name="Samples">The samples it took.</param>
/// <param name="Value">The value it reports.</param>
/// <param name="Low">Lower end of its 95 % interval.</param>
/// <param name="High">Upper end of its 95 % interval.</param>
internal sealed record ProtocolWindow(long[] Samples, double Value, double Low, double High);
