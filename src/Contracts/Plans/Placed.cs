using Fleetmark.Documents;

namespace Fleetmark.Contracts.Plans;

/// <summary>A value that was read without a problem, and its place.</summary>
internal sealed record Placed<T>(T Value, Location At);
