using Fleetmark.Measurement.Launches;

namespace Fleetmark.Measurement.Efforts;

/// <summary>What an effort means: how often, how long, and what is still good enough. The table stands in <c>docs/measurement.md</c>.</summary>
public sealed record EffortSettings
{
    /// <summary>Launches a run plans for a cell.</summary>
    public required int LaunchesPlanned { get; init; }

    /// <summary>Launches a cell may get at most while its interval is too wide.</summary>
    public required int LaunchesMaximum { get; init; }

    /// <summary>
    /// Half-width of the cell's interval, as a share, above which the cell gets a further launch, and at the maximum the note <c>target-missed</c>; null when
    /// no width is aimed at.
    /// </summary>
    public required double? CellHalfWidthTarget { get; init; }

    /// <summary>Time a cell may spend on launches, process start to exit; null without limit (<see cref="QuickBudget"/>).</summary>
    public required TimeSpan? CellBudget { get; init; }

    /// <summary>Warm-up of a launch.</summary>
    public required WarmUpSettings WarmUp { get; init; }

    /// <summary>Sampling of a launch.</summary>
    public required SamplingSettings Sampling { get; init; }

    /// <summary>A launch whose half-width is above this share is unstable.</summary>
    public required double UnstableHalfWidth { get; init; }

    /// <summary>A cell whose log launch medians have a standard deviation above this is unstable.</summary>
    public required double UnstableLaunchSpread { get; init; }

    /// <summary>Share of the window stolen by the hypervisor above which a launch is contended.</summary>
    public required double ContendedSteal { get; init; }

    /// <summary>Share of the worker's cores used by others above which a launch is contended.</summary>
    public required double ContendedForeignCpu { get; init; }

    /// <summary>Retries of a contended or throttled launch.</summary>
    public required int Retries { get; init; }

    /// <summary>True when A/A sentinels belong to the effort; the expansion of a plan adds them.</summary>
    public required bool Sentinels { get; init; }

    /// <summary>True when an unsteady warm-up or a drift makes a launch unstable; false when it is a note only.</summary>
    public required bool UnsteadyIsUnstable { get; init; }

    /// <summary>The settings of an effort.</summary>
    /// <param name="effort">The effort.</param>
    /// <param name="isCpu">True on a CPU, where slow cells need no clock to ramp up.</param>
    public static EffortSettings For(Effort effort, bool isCpu) => effort switch
    {
        Effort.Quick => new EffortSettings
        {
            LaunchesPlanned = 3,
            LaunchesMaximum = 3,
            CellHalfWidthTarget = null,
            CellBudget = TimeSpan.FromSeconds(16),
            WarmUp = new WarmUpSettings
            {
                MinMs = 500,
                MinCalls = 10,
                CapMs = 2000,
                WindowMs = 100,
                WindowCalls = 10,
                Windows = 4,
                Ratio = 1.05,
                SlowCalls = isCpu ? 0 : 1,
            },
            Sampling = new SamplingSettings
            {
                MinMs = 800,
                MinCount = 30,
                MaxMs = 2000,
                MaxCount = 5000,
                FloorCount = 3,
                HalfWidth = 0.02,
            },
            UnstableHalfWidth = 0.10,
            UnstableLaunchSpread = 0.10,
            ContendedSteal = 0.05,
            ContendedForeignCpu = 0.20,
            Retries = 0,
            Sentinels = false,
            UnsteadyIsUnstable = false,
        },
        Effort.Standard => new EffortSettings
        {
            LaunchesPlanned = 5,
            LaunchesMaximum = 10,
            CellHalfWidthTarget = 0.02,
            CellBudget = null,
            WarmUp = new WarmUpSettings
            {
                MinMs = 3000,
                MinCalls = 50,
                CapMs = 30_000,
                WindowMs = 250,
                WindowCalls = 20,
                Windows = 6,
                Ratio = 1.01,
                SlowCalls = 3,
            },
            Sampling = new SamplingSettings
            {
                MinMs = 3000,
                MinCount = 200,
                MaxMs = 20_000,
                MaxCount = 20_000,
                FloorCount = 10,
                HalfWidth = 0.01,
            },
            UnstableHalfWidth = 0.02,
            UnstableLaunchSpread = 0.03,
            ContendedSteal = 0.01,
            ContendedForeignCpu = 0.05,
            Retries = 2,
            Sentinels = true,
            UnsteadyIsUnstable = true,
        },
        Effort.Publish => new EffortSettings
        {
            LaunchesPlanned = 10,
            LaunchesMaximum = 20,
            CellHalfWidthTarget = 0.01,
            CellBudget = null,
            WarmUp = new WarmUpSettings
            {
                MinMs = 5000,
                MinCalls = 50,
                CapMs = 60_000,
                WindowMs = 250,
                WindowCalls = 20,
                Windows = 6,
                Ratio = 1.01,
                SlowCalls = 5,
            },
            Sampling = new SamplingSettings
            {
                MinMs = 5000,
                MinCount = 1000,
                MaxMs = 30_000,
                MaxCount = 20_000,
                FloorCount = 20,
                HalfWidth = 0.005,
            },
            UnstableHalfWidth = 0.01,
            UnstableLaunchSpread = 0.02,
            ContendedSteal = 0.01,
            ContendedForeignCpu = 0.05,
            Retries = 2,
            Sentinels = true,
            UnsteadyIsUnstable = true,
        },
        _ => throw new ArgumentOutOfRangeException(nameof(effort)),
    };
}
