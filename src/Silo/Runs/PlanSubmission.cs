using Fleetmark.Contracts.Fleet;
using Fleetmark.Contracts.Plans;
using Fleetmark.Contracts.Runs;
using Fleetmark.Storage.Fleet;
using Fleetmark.Storage.Runs;

namespace Fleetmark.Silo.Runs;

/// <summary>A plan on its way into rows: expanded over the device classes that are known, then stored in one transaction.</summary>
internal sealed class PlanSubmission(FleetQueries fleet, SubmitStatement submit)
{
    /// <summary>Version of the measurement protocol that new runs follow.</summary>
    private const int ProtocolVersion = 1;

    /// <summary>What the plan means on the fleet as it is now.</summary>
    public async Task<Expansion> ExpandAsync(BenchmarkPlan plan, SubmitRequest request, CancellationToken cancel)
    {
        IReadOnlyList<DeviceClass> classes = await fleet.DeviceClassesAsync(cancel);
        var options = new ExpansionOptions { Effort = request.Effort, OrderSeed = request.OrderSeed, OfferedClassesOnly = request.OfferedClassesOnly, Sentinels = request.Sentinels };
        return PlanExpansion.Expand(plan, request.Artifacts, classes, options);
    }

    /// <summary>Stores the run; gives the run that stands for the request's key, which may be an earlier one.</summary>
    public Task<RunId> StoreAsync(RunId run, BenchmarkPlan plan, SubmitRequest request, Expansion expansion, CancellationToken cancel) => submit.ExecuteAsync(
        new RunSubmission
        {
            RunId = run,
            Request = request,
            Plan = plan,
            Expansion = expansion,
            Effort = request.Effort ?? plan.Effort,
            ProtocolVersion = ProtocolVersion,
        },
        cancel);
}
