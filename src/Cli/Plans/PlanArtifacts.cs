using Fleetmark.Contracts.Plans;
using Fleetmark.Documents;
using Fleetmark.Models.Artifacts;
using Fleetmark.Models.Zoo;

namespace Fleetmark.Cli.Plans;

/// <summary>
/// Finds the models a plan names: checks them all before anything is stored, then makes sure that their files are in the cache, so that digest and size are known
/// and no measurement waits for a file.
/// </summary>
internal sealed class PlanArtifacts(FleetmarkHome home, Terminal terminal)
{
    /// <summary>The models in the same order, with their files in the cache.</summary>
    public async Task<IReadOnlyList<PlanArtifact>> ResolveAsync(IReadOnlyList<FoundModel> found, CancellationToken cancel)
    {
        var cache = new ArtifactCache(home.Path, TimeProvider.System);
        var artifacts = new List<PlanArtifact>();
        foreach (FoundModel model in found)
        {
            if (!await model.IsStoredAsync(cache, cancel)) terminal.Note($"{model.Name}: preparing its model file ({model.SizeBytes / 1_000_000} MB, once)");
            artifacts.Add(await model.StoreAsync(cache, cancel));
        }

        return artifacts;
    }

    /// <summary>Looks at every model of the plan without storing anything, and warns in a line each of what its tables will lack.</summary>
    /// <exception cref="ProblemException">Everything that is wrong with any of them.</exception>
    public IReadOnlyList<FoundModel> Check(SubmittablePlan plan, CancellationToken cancel)
    {
        var zoo = ModelZoo.WithFolder(home.Models);
        var problems = new List<Problem>();
        var found = new List<FoundModel>();
        foreach (PlanModel model in plan.Plan.Models)
        {
            try
            {
                found.Add(FoundModel.Find(model, plan, zoo, cancel));
            }
            catch (ProblemException e)
            {
                problems.AddRange(e.Problems);
            }
        }

        if (problems.Count > 0) throw new ProblemException(problems);
        if (plan.Plan.References is { Count: > 0 } references)
            terminal.Warn($"{plan.File}: references are not part of this version; nothing of {string.Join(", ", references)} is shown");
        foreach (FoundModel model in found)
            if (model.Uncounted is { } why) terminal.Warn($"{model.Name}: no parameters and no FLOPS: {why}");
        return found;
    }
}
