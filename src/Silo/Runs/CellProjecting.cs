using Fleetmark.Contracts.Jobs;
using Fleetmark.Contracts.Runs;
using Fleetmark.Measurement.Cells;
using Fleetmark.Measurement.Efforts;
using Fleetmark.Measurement.Judging;
using Fleetmark.Measurement.Samples;
using Fleetmark.Measurement.Statistics;
using Fleetmark.Silo.Jobs;
using Fleetmark.Storage.Results;
using Fleetmark.Storage.Runs;

namespace Fleetmark.Silo.Runs;

/// <summary>
/// Computes what a run's cells are worth from their facts and writes it, and gives another launch to those whose interval is still too wide. A pure function of facts, so
/// repeating it is harmless; a row that says complete was written after that decision.
/// </summary>
internal sealed class CellProjecting(CellProjections projections, RunQueries runs, FurtherLaunches further)
{
    private const short Unsupported = 5;

    /// <summary>Brings the projections of the run's cells up to date.</summary>
    /// <returns>Slugs of the pools that have a further launch now.</returns>
    public async Task<IReadOnlyList<string>> ProjectAsync(RunId run, CancellationToken cancel)
    {
        IReadOnlyList<UnprojectedCell> cells = await projections.OutdatedAsync(run, cancel);
        if (cells.Count == 0 || await runs.FindAsync(run, cancel) is not { } facts) return [];
        ILookup<int, AcceptedLaunch> launches = await projections.LaunchesAsync(run, [.. cells.Select(c => c.CellId)], cancel);
        EffortSettings effort = EffortSettings.For(facts.Effort, isCpu: true);
        var rows = new List<CellProjection>();
        var wanting = new List<UnprojectedCell>();
        foreach (UnprojectedCell cell in cells)
        {
            if (Project(cell, [.. launches[cell.CellId]], effort) is not { } row) continue;
            bool wants = cell is { Complete: true, MayGrow: true } && FurtherLaunches.IsWanted(row, cell.Repetitions, effort);
            if (wants) wanting.Add(cell);
            rows.Add(row with { Complete = row.Complete && !wants });
        }

        // Before the rows: one that says complete without its launch would let the run close.
        IReadOnlyList<string> pools = await further.AddAsync(run, facts.OrderSeed, wanting, cancel);
        if (rows.Count > 0) await projections.WriteAsync(run, rows, cancel);
        return pools;
    }

    /// <summary>A cell's row; null while it has neither a number nor a reason to have none.</summary>
    internal static CellProjection? Project(UnprojectedCell cell, IReadOnlyList<AcceptedLaunch> accepted, EffortSettings effort)
    {
        if (accepted.Count == 0) return WithoutNumber(cell);
        if (cell.Kind == CellKind.Throughput && accepted.Any(l => l.RatePerS is null))
            return Project(Unrated(cell, accepted), [.. accepted.Where(l => l.RatePerS is not null)], effort);
        AcceptedLaunch[] launches = WithEqualOutput(accepted);
        int odd = accepted.Count - launches.Length;
        bool isThroughput = cell.Kind == CellKind.Throughput;
        IEnumerable<CellLaunch> measured = launches.Select(l => new CellLaunch(l.State, isThroughput ? l.RatePerS : l.P50Us, l.HalfWidthRel, l.Count));
        IEnumerable<CellLaunch> failed = Enumerable.Repeat(new CellLaunch(MeasurementState.Failed, null, null, 0), cell.FailedJobs + odd);
        CellEstimate estimate = CellEstimate.From([.. measured, .. failed], effort);
        AcceptedLaunch[] counted = Counted(launches);
        LaunchSummary? pooled = Pooled(counted, isThroughput);
        return new CellProjection
        {
            CellId = cell.CellId,
            Basis = cell.Basis,
            Complete = cell.Complete,
            FinishedAt = accepted.Max(l => l.FinishedAt),
            State = (short)estimate.State,
            Code = estimate.State != MeasurementState.Failed ? null : odd > 0 ? FailureCode.WrongOutput : cell.Code,
            Flags = accepted.Aggregate(0L, (flags, l) => flags | l.Flags),
            Notes = PowerLimitNote.Unite(estimate.Notes.Concat(odd > 0 ? [FailureCode.WrongOutput] : []).Concat(counted.SelectMany(l => l.Notes))),
            DeviceId = counted[0].DeviceId,
            EnvId = counted[0].EnvId,
            PrecisionEffective = counted[0].PrecisionEffective,
            Arithmetic = counted[0].Arithmetic,
            Launches = (short)counted.Length,
            LaunchesStarted = (short)estimate.Started,
            Attempts = (short)cell.Attempts,
            N = counted.Sum(l => l.Count),
            P50Us = isThroughput ? pooled?.P50Us ?? Median(counted.Select(l => l.P50Us)) : estimate.Value,
            CiLowUs = isThroughput ? null : estimate.Low,
            CiHighUs = isThroughput ? null : estimate.High,
            RatePerS = isThroughput ? estimate.Value : null,
            RateLowPerS = isThroughput ? estimate.Low : null,
            RateHighPerS = isThroughput ? estimate.High : null,
            LaunchRatePerS = isThroughput ? [.. counted.Select(l => l.RatePerS!.Value)] : [],
            LogSd = estimate.BetweenSd,
            WithinLogSd = estimate.WithinSd,
            LaunchP50Us = [.. counted.Select(l => l.P50Us!.Value)],
            SmClockP50Mhz = Median(counted.Select(l => l.SmClockP50Mhz)),
            EnergyUjPerItem = Median(counted.Select(l => l.EnergyUjPerItem)),
            EnergyNetUjPerItem = Median(counted.Select(l => l.EnergyNetUjPerItem)),
            MinUs = pooled?.MinUs,
            P5Us = pooled?.P5Us,
            P90Us = pooled?.P90Us,
            P95Us = pooled?.P95Us,
            P99Us = pooled?.P99Us,
            P999Us = pooled?.P999Us,
            MaxUs = pooled?.MaxUs,
            MeanUs = pooled?.MeanUs,
            SdUs = pooled?.SdUs,
        };
    }

    /// <summary>Agents are not trusted: launches of a throughput cell that say no rate have no number.</summary>
    private static UnprojectedCell Unrated(UnprojectedCell cell, IReadOnlyList<AcceptedLaunch> accepted) =>
        cell with { FailedJobs = cell.FailedJobs + accepted.Count(l => l.RatePerS is null), Code = cell.Code ?? FailureCode.ResultInvalid };

    /// <summary>
    /// The launches that computed what the first one did; the others count as failed. The first is repetition 0, or the lowest that has a number. Looked at here and not when
    /// a result arrives: repetitions of several devices arrive in any order.
    /// </summary>
    private static AcceptedLaunch[] WithEqualOutput(IReadOnlyList<AcceptedLaunch> launches) =>
        [.. launches.Where(l => OutputAgreement.Agrees(launches[0].Output, l.Output, l.Arithmetic))];

    private static CellProjection? WithoutNumber(UnprojectedCell cell)
    {
        if (!cell.Complete || cell.Code is not { } code) return null;
        return new CellProjection
        {
            CellId = cell.CellId,
            Basis = cell.Basis,
            Complete = true,
            State = FailureCode.IsUnsupported(code) ? Unsupported : (short)MeasurementState.Failed,
            Code = code,
            Launches = 0,
            LaunchesStarted = (short)cell.FailedJobs,
            Attempts = (short)cell.Attempts,
        };
    }

    /// <summary>The launches behind the numbers: the good ones, or all when none is good; the same choice as the estimate's.</summary>
    private static AcceptedLaunch[] Counted(IReadOnlyList<AcceptedLaunch> launches)
    {
        AcceptedLaunch[] good = [.. launches.Where(l => l.State is MeasurementState.Valid or MeasurementState.Unstable)];
        return good.Length > 0 ? good : [.. launches];
    }

    /// <summary>Median of what the launches tell; null when none tells it.</summary>
    private static double? Median(IEnumerable<double?> values) =>
        values.OfType<double>().Order().ToArray() is { Length: > 0 } sorted ? (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2 : null;

    /// <summary>Percentiles over the samples of all counted launches; null when samples expired or launches differ in calls per sample.</summary>
    private static LaunchSummary? Pooled(AcceptedLaunch[] launches, bool isThroughput)
    {
        if (launches.Any(l => l.Samples is null) || launches.DistinctBy(l => l.CallsPerSample).Count() > 1) return null;
        long[] samples = [.. launches.SelectMany(l => SampleCodec.Decode(l.Samples).Nanoseconds)];
        var pooled = new SampleSet(samples, launches[0].CallsPerSample);
        return isThroughput ? LaunchSummary.UnderLoad(pooled, rate: null) : LaunchSummary.From(pooled);
    }
}
