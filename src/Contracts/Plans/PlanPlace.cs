using Fleetmark.Contracts.Jobs;
using Fleetmark.Measurement.Launches;

namespace Fleetmark.Contracts.Plans;

/// <summary>A combination of a plan's own words, before anybody knows which devices they mean. Provider and runtime are null where the plan lists none, concurrency in the section <c>latency</c>.</summary>
internal readonly record struct PlanPlace(string Model, string Device, Precision Precision, int Batch, string? Provider, string? Runtime, ClockPolicy Clocks, int? Concurrency = null);
