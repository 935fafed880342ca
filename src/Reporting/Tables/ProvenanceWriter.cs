using System.Globalization;
using Fleetmark.Contracts.Jobs;
using Fleetmark.Contracts.Plans;
using Fleetmark.Contracts.Tables;
using Fleetmark.Measurement.Efforts;
using Fleetmark.Measurement.Launches;
using Fleetmark.Reporting.Languages;
using Fleetmark.Reporting.Layouts;

namespace Fleetmark.Reporting.Tables;

/// <summary>Writes the provenance of a table. Order and presence of the lines are fixed; what is not known says so.</summary>
internal sealed class ProvenanceWriter(RunResults results, Language language, string version)
{
    private readonly Texts _texts = Texts.In(language);

    /// <summary>The provenance of a table.</summary>
    /// <param name="columns">Its columns; they decide statistic and conventions.</param>
    /// <param name="hardware">The classes it shows.</param>
    /// <param name="cells">The cells it shows.</param>
    internal Provenance Write(IReadOnlyList<ColumnSource> columns, IReadOnlyList<DeviceClassFacts> hardware, IReadOnlyList<CellResult> cells)
    {
        int valid = results.Cells.Count(c => c.State == CellState.Valid);
        int retried = results.Cells.Count(c => c.Attempts > c.LaunchesStarted && c.LaunchesStarted > 0);
        return new Provenance
        {
            Version = version,
            Plan = results.Plan.Name,
            PlanSha256 = results.PlanSha256,
            Run = results.RunId.Value,
            RunUid = results.RunUid,
            StartedAt = results.SubmittedAt,
            EndedAt = results.EndedAt,
            Effort = results.Effort,
            OrderSeed = results.OrderSeed,
            Cells = results.Cells.Count,
            ValidCells = valid,
            RetriedCells = retried,
            Hardware = hardware,
            Lines =
            [
                _texts.RunLine(version, $"{results.Plan.Name}@{results.PlanSha256[..8]}", results.RunId.ToString(), Dates(), Word(results.Effort), valid, results.Cells.Count, retried),
                .. hardware.Select(HardwareLine),
                .. ProtocolLines(columns, cells),
                .. HarnessLine.Of(results.Harness, columns.Any(c => c.IsLatency || c.IsThroughput) ? cells : [], _texts),
                .. ParityLine(columns, cells),
                string.Join(" · ", (string[])[_texts.AccuracyNotMeasured, .. Conventions(columns)]),
                _texts.ComparedWithNothing,
            ],
        };
    }

    private string Dates()
    {
        DateTime start = results.SubmittedAt.UtcDateTime;
        string first = start.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
        if (results.EndedAt?.UtcDateTime is not { } end) return _texts.Unfinished(first);
        string last = end.ToString(start.Date == end.Date ? "HH:mm" : "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
        return $"{first}–{last} UTC";
    }

    private string HardwareLine(DeviceClassFacts device)
    {
        var parts = new List<string> { _texts.Devices(device.Devices) };
        if (device.Simulated) parts.Add(_texts.SimulatedClass);
        if (device.Environments.Count == 0) parts.Add(_texts.NothingMeasuredOn);
        parts.AddRange(device.Environments.Count == 1 ? Facts(device.Environments[0]) : device.Environments.Select((e, i) => $"({i + 1}) {string.Join(", ", Facts(e))}"));
        string name = device.DisplayName == device.Slug ? device.Slug : $"{device.DisplayName} ({device.Slug})";
        return UserText.OneLine($"{name}{_texts.Colon}{string.Join(" · ", parts)}");
    }

    private IEnumerable<string> Facts(EnvironmentFacts environment)
    {
        if (environment.Driver is { } driver) yield return $"{_texts.Driver} {driver}";
        if (environment.Cuda is { } cuda) yield return $"CUDA {cuda}";
        yield return $"{environment.Runtime} {environment.RuntimeVersion} ({environment.Flavour})";
        foreach (string fact in environment.Facts) yield return fact;
    }

    /// <summary>How what is shown was measured; where latency and throughput stand in one provenance, a line for each.</summary>
    private IEnumerable<string> ProtocolLines(IReadOnlyList<ColumnSource> columns, IReadOnlyList<CellResult> cells)
    {
        bool showsThroughput = columns.Any(c => c.IsThroughput) || results.Plan.Latency.IsAbsent;
        CellResult[] latency = [.. cells.Where(c => c.Cell.Kind == CellKind.Latency)];
        if (!showsThroughput || latency.Length > 0) yield return ProtocolLine(columns, latency);
        if (showsThroughput) yield return ThroughputLine(columns, [.. cells.Where(c => c.Cell.Kind == CellKind.Throughput)]);
    }

    private string ThroughputLine(IReadOnlyList<ColumnSource> columns, IReadOnlyList<CellResult> cells)
    {
        string scope = _texts.ScopeOf(results.Plan.Throughput.Scope == Scope.EndToEnd);
        CellResult[] measured = columns.Any(c => c.IsThroughput) ? [.. cells.Where(c => c.RatePerS is not null)] : [];
        string line = measured.Length == 0
            ? _texts.ThroughputProtocolUnmeasured(scope, ThroughputEffort.ShortestWindowMs / 1000, results.OrderSeed)
            : _texts.ThroughputProtocol(scope, ThroughputEffort.ShortestWindowMs / 1000, Range(measured.Select(c => c.Launches)), Range(measured.Select(c => c.Count)), results.OrderSeed);
        return WithWeights(line);
    }

    private string ProtocolLine(IReadOnlyList<ColumnSource> columns, IReadOnlyList<CellResult> cells)
    {
        string scope = _texts.ScopeOf(results.Plan.Latency.Scope == Scope.EndToEnd);
        string statistic = string.Join(", ", columns.Where(c => c.IsLatency).Select(c => c.ToString()["latency.".Length..]).Distinct(StringComparer.Ordinal).DefaultIfEmpty("p50"));
        CellResult[] measured = columns.Any(c => c.IsLatency) ? [.. cells.Where(c => c.P50Us is not null)] : [];
        string line = measured.Length == 0
            ? _texts.ProtocolUnmeasured(scope, statistic, results.OrderSeed)
            : _texts.Protocol(scope, statistic, Range(measured.Select(c => c.Launches)), Range(measured.Select(c => c.Count)), results.OrderSeed);
        return WithWeights(line);
    }

    private string WithWeights(string line)
    {
        PlanArtifact[] synthetic = [.. results.Models.Where(m => m.Weights is not null)];
        if (synthetic.Length == 0) return line;
        string recipes = string.Join(", ", synthetic.Select(m => m.Weights).Distinct(StringComparer.Ordinal));
        return UserText.OneLine($"{line} · {_texts.SyntheticWeights(recipes, synthetic.Length, results.Models.Count)}");
    }

    /// <summary>How far the converted models behind the shown numbers are from their sources; nothing when there are none.</summary>
    private IEnumerable<string> ParityLine(IReadOnlyList<ColumnSource> columns, IReadOnlyList<CellResult> cells)
    {
        HashSet<(string, string, Precision, string, string)> shown = columns.Any(c => c.IsLatency || c.IsThroughput)
            ? [.. cells.Where(c => c.P50Us is not null).Select(c => (c.Cell.Model, c.Cell.DeviceClass, c.Cell.Precision, c.Cell.Provider, c.Cell.Flavour))]
            : [];
        ParityFacts[] facts = [.. results.Parity.Where(p => shown.Contains((p.Model, p.DeviceClass, p.Precision, p.Provider, p.Flavour)))];
        if (facts.Length == 0) yield break;
        string line = _texts.Parity(
            facts.DistinctBy(p => p.Model).Count(), facts.Sum(p => p.Top1Agreements), facts.Sum(p => p.Ties), facts.Sum(p => p.Inputs),
            facts.Max(p => p.MaxAbsDifference).ToString("G2", CultureInfo.InvariantCulture), Cosine(facts.Min(p => p.MinCosine)));
        IEnumerable<string> kept = facts.Where(p => p.KeptNodes > 0).Select(p => _texts.KeptInSingle(p.Model, p.KeptNodes, p.Overflow)).Distinct(StringComparer.Ordinal);
        yield return UserText.OneLine(string.Join(" · ", [line, .. kept]));
    }

    /// <summary>Rounded down: 1 stands for equal only.</summary>
    private static string Cosine(double cosine) => (Math.Floor(cosine * 1e6) / 1e6).ToString("0.######", CultureInfo.InvariantCulture);

    private IEnumerable<string> Conventions(IReadOnlyList<ColumnSource> columns) => columns
        .Where(c => c.Convention is not null)
        .Select(c => c.Kind == SourceKind.ModelFlops ? _texts.FlopsConvention(c.Convention!) : _texts.ParametersConvention(c.Convention!))
        .Distinct(StringComparer.Ordinal);

    private static string Range(IEnumerable<int> counts)
    {
        int[] all = [.. counts];
        (string low, string high) = (Text(all.Min()), Text(all.Max()));
        return low == high ? low : $"{low}–{high}";
    }

    private static string Text(int count) => count.ToString(CultureInfo.InvariantCulture);

    internal static string Word(Effort effort) => effort switch
    {
        Effort.Quick => "quick",
        Effort.Standard => "standard",
        Effort.Publish => "publish",
        _ => throw new ArgumentOutOfRangeException(nameof(effort)),
    };
}
