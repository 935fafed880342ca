using System.Globalization;
using Fleetmark.Contracts.Jobs;
using Fleetmark.Contracts.Plans;
using Fleetmark.Contracts.Tables;
using Fleetmark.Reporting.Languages;
using Fleetmark.Reporting.Layouts;
using Fleetmark.Reporting.Tables;

namespace Fleetmark.Reporting.Tests.Tables;

/// <summary>The facts of a run, with the published accuracy in place of the one it did not measure; as numbers through the column's format, or as printed texts.</summary>
internal sealed class PublishedFacts(RunResults results, bool asPrinted) : IFactSource
{
    private readonly RunFacts _run = new(results, Language.English);

    public Fact Find(ColumnSource source, PlanArtifact model, CellResult? cell) => source.Kind switch
    {
        SourceKind.AccuracyTop1 => Published(model, "top1", asPrinted),
        SourceKind.AccuracyTop5 => Published(model, "top5", asPrinted),
        SourceKind.ReferenceTop1 => Published(model, "ref_top1", printed: true),
        SourceKind.ReferenceTop5 => Published(model, "ref_top5", printed: true),
        _ => _run.Find(source, model, cell),
    };

    private static Fact Published(PlanArtifact model, string column, bool printed)
    {
        string text = PublishedTable.Accuracy.At(model.Name, column);
        if (text.Length == 0) return Fact.NotPublished;
        var number = new Quantity(double.Parse(text, CultureInfo.InvariantCulture));
        return new Fact { Kind = FactKind.Number, Number = number, Words = printed ? text : null, State = CellState.Valid };
    }
}
