using Fleetmark.Contracts.Jobs;

namespace Fleetmark.Reporting.Languages;

/// <summary>
/// Every word of ours that appears in tables and plots. One class per language, so that a missing text does not compile; arguments are finished texts or counts.
/// </summary>
internal abstract class Texts
{
    private static readonly Texts English = new EnglishTexts();
    private static readonly Texts Chinese = new ChineseTexts();

    internal static Texts In(Language language) => language == Language.Chinese ? Chinese : English;

    // states and marks
    internal abstract string State(CellState state);
    internal abstract string Unstable { get; }
    internal abstract string Throttled { get; }
    internal abstract string Contended { get; }
    internal abstract string Stale { get; }
    internal abstract string Pending { get; }
    internal abstract string Retrying(int attempt);
    internal abstract string RetryingMark { get; }
    internal abstract string Failed { get; }
    internal abstract string Unsupported { get; }
    internal abstract string Missing { get; }
    internal abstract string NeedsSamples { get; }
    internal abstract string NotPlanned { get; }
    internal abstract string NotPublished { get; }

    // reasons and notes
    internal abstract string Reason(string code);
    internal abstract string Note(string word);
    internal abstract string AllNumbers(string remark);
    internal abstract string RanAs(string effective);

    // tables and pages
    internal abstract string Colon { get; }
    internal abstract string NoRows { get; }
    internal abstract string ValidOf(int valid, int total);
    internal abstract string Simulated { get; }
    internal abstract string PlotsHeading { get; }
    internal abstract string ProvenanceHeading { get; }
    internal abstract string DataOfPlot { get; }
    internal abstract string Interval(string low, string high);

    // provenance
    internal abstract string RunLine(string version, string plan, string run, string dates, string effort, int valid, int total, int retried);
    internal abstract string Unfinished(string start);
    internal abstract string Devices(int count);
    internal abstract string NothingMeasuredOn { get; }
    internal abstract string Driver { get; }
    internal abstract string SimulatedClass { get; }
    internal abstract string Protocol(string scope, string statistic, string launches, string samples, long orderSeed);
    internal abstract string ProtocolUnmeasured(string scope, string statistic, long orderSeed);
    internal abstract string ThroughputProtocol(string scope, int seconds, string launches, string samples, long orderSeed);
    internal abstract string ThroughputProtocolUnmeasured(string scope, int seconds, long orderSeed);
    internal abstract string ScopeOf(bool endToEnd);

    /// <summary>The comparison of converted models with their sources, in one line.</summary>
    internal abstract string Parity(int models, int agreements, int ties, int inputs, string difference, string cosine);

    /// <summary>A model some of whose nodes stay in FP32.</summary>
    internal abstract string KeptInSingle(string model, int nodes, string? overflow);
    /// <summary>What the harness adds, by model of the self-check.</summary>
    internal abstract string Harness(IEnumerable<string> ratios);

    /// <summary>A ratio and the time of a call it was found at, in µs.</summary>
    internal abstract string HarnessRatio(string ratio, string microseconds);

    internal abstract string HarnessBeyondLimits(int count, int machines);

    internal abstract string HarnessNotMeasurable(int count, int machines);

    internal abstract string HarnessMissing(int count, int machines);

    internal abstract string HarnessUnchecked { get; }

    internal abstract string SyntheticWeights(string recipes, int models, int total);
    internal abstract string AccuracyNotMeasured { get; }
    internal abstract string FlopsConvention(string convention);
    internal abstract string ParametersConvention(string convention);
    internal abstract string ComparedWithNothing { get; }
    internal abstract string Digest(string sha256);

    // plots
    internal abstract string LatencyByFlops { get; }
    internal abstract string LatencyByParameters { get; }
    internal abstract string BatchScaling { get; }
    internal abstract string PlotTitle(string what, string where, string run);
    internal abstract string WhereInRun(string where, string run);
    internal abstract string Batch(int batch);
    internal abstract string FlopsAxis { get; }
    internal abstract string ParametersAxis { get; }
    internal abstract string LatencyAxis { get; }
    internal abstract string BatchAxis { get; }
    internal abstract string Model { get; }
    internal abstract string Ideal { get; }
    internal abstract string NothingToDraw { get; }
    internal abstract string LeftOut(int count);
    internal abstract string ScatterDescription(int models, string fastest, string slowest);
    internal abstract string ScalingDescription(int models, string batches);
}
