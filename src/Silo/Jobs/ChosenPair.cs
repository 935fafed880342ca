using Fleetmark.Contracts.Fleet;
using Fleetmark.Storage.Jobs;

namespace Fleetmark.Silo.Jobs;

/// <summary>A job and the device it shall run on.</summary>
internal sealed record ChosenPair(WaitingJob Job, ReadyDevice Device);
