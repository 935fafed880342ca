using System.Runtime.InteropServices;

namespace Fleetmark.Agent.Telemetry;

/// <summary>What a GPU counts since its driver was loaded; null what it does not count.</summary>
/// <param name="At">When it was read, in <c>CLOCK_MONOTONIC</c> nanoseconds.</param>
/// <param name="PowerNs">How long the power limit held the clocks down.</param>
/// <param name="ThermalNs">How long heat did.</param>
/// <param name="SyncBoostNs">How long another device of its group did.</param>
/// <param name="BoardLimitNs">How long the board did.</param>
/// <param name="ReliabilityNs">How long its voltage did.</param>
/// <param name="EnergyMj">Energy in mJ.</param>
/// <param name="UncorrectedErrors">Memory errors that could not be corrected.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct GpuCounters(
    long At, ulong? PowerNs, ulong? ThermalNs, ulong? SyncBoostNs, ulong? BoardLimitNs, ulong? ReliabilityNs, ulong? EnergyMj, ulong? UncorrectedErrors);
