using Fleetmark.Contracts.Plans;
using Fleetmark.Documents;
using Fleetmark.Reporting.Layouts;

namespace Fleetmark.Cli.Plans;

/// <summary>A plan file that was read and has no problem of its own.</summary>
/// <param name="Plan">What it says.</param>
/// <param name="Source">Its text.</param>
/// <param name="File">Its name as the person gave it.</param>
/// <param name="Folder">Absolute path of its folder: files it names are relative to it.</param>
internal sealed record SubmittablePlan(BenchmarkPlan Plan, string Source, string File, string Folder)
{
    /// <summary>Reads a plan file.</summary>
    /// <exception cref="ProblemException">The file is missing or unreadable, or the plan has problems: all of them.</exception>
    public static SubmittablePlan Read(string path)
    {
        string source = TextFile.Read(path, "plan");
        PlanReading reading = PlanReader.Read(source, path, new PlanVocabulary { Layouts = TableLayouts.Names });
        if (reading.Plan is not { } plan) throw new ProblemException(reading.Problems);
        return new SubmittablePlan(plan, source, path, Path.GetDirectoryName(Path.GetFullPath(path))!);
    }
}
