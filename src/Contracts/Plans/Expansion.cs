using Fleetmark.Contracts.Fleet;
using Fleetmark.Contracts.Jobs;

namespace Fleetmark.Contracts.Plans;

/// <summary>What a plan means on a fleet.</summary>
/// <param name="DeviceClasses">The classes the plan's device words meant, in plan order; also classes that nobody offers.</param>
/// <param name="Cells">The cells in plan order: latency before throughput, then model, device class, precision, batch, provider, flavour, clocks, concurrency; after them the A/A sentinels.</param>
/// <param name="Jobs">The jobs in their order of measurement. A cell that cannot be measured has one withdrawn job, so that it is never a silent blank.</param>
public sealed record Expansion(IReadOnlyList<DeviceClass> DeviceClasses, IReadOnlyList<Cell> Cells, IReadOnlyList<PlannedJob> Jobs);
