using Fleetmark.Contracts.Fleet;
using Fleetmark.Contracts.Jobs;
using Fleetmark.Measurement.Efforts;
using Fleetmark.Measurement.Launches;

namespace Fleetmark.Contracts.Plans;

/// <summary>Turns a plan into cells and jobs. Pure: the same arguments give the same expansion.</summary>
public static class PlanExpansion
{
    /// <summary>What a plan means on a fleet. A cell that cannot be measured has exactly one job, withdrawn with the reason.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="artifacts">One for each model of the plan, by name.</param>
    /// <param name="classes">All device classes known, offered or not; the order does not matter.</param>
    /// <param name="options">What the run adds.</param>
    /// <exception cref="ArgumentException">A model of the plan has no artifact.</exception>
    public static Expansion Expand(BenchmarkPlan plan, IReadOnlyList<PlanArtifact> artifacts, IReadOnlyList<DeviceClass> classes, ExpansionOptions options)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(artifacts);
        ArgumentNullException.ThrowIfNull(classes);
        ArgumentNullException.ThrowIfNull(options);
        (List<MeantClass> meant, List<CellInClass> cells) = Planned(plan, artifacts, classes, options);
        foreach (MeantClass device in Watched(plan, cells, options)) cells.AddRange(SentinelCells.Of(device, options.Sentinels).Select(cell => new CellInClass(cell, device, cell.Precision, null)));
        return new Expansion([.. meant.Select(m => m.Class)], [.. cells.Select(c => c.Cell)], Jobs(cells, meant, options.Effort ?? plan.Effort, options.OrderSeed));
    }

    /// <summary>Names of the built-in models that the run's A/A sentinels need on the devices known now; none where the effort has no sentinels.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="artifacts">One for each model of the plan, by name.</param>
    /// <param name="classes">All device classes known.</param>
    /// <param name="options">What the run adds.</param>
    public static IReadOnlyList<string> SentinelModels(
        BenchmarkPlan plan, IReadOnlyList<PlanArtifact> artifacts, IReadOnlyList<DeviceClass> classes, ExpansionOptions options)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(artifacts);
        ArgumentNullException.ThrowIfNull(classes);
        ArgumentNullException.ThrowIfNull(options);
        IEnumerable<MeantClass> watched = Watched(plan, Planned(plan, artifacts, classes, options).Cells, options).Where(d => d.Class.Devices.Count > 0);
        return [.. watched.SelectMany(SentinelCells.Models).Distinct(StringComparer.Ordinal)];
    }

    private static (List<MeantClass> Meant, List<CellInClass> Cells) Planned(
        BenchmarkPlan plan, IReadOnlyList<PlanArtifact> artifacts, IReadOnlyList<DeviceClass> classes, ExpansionOptions options)
    {
        var meant = new List<MeantClass>();
        var cells = new List<CellInClass>();
        foreach (LatencySection section in plan.Sections())
        {
            MeantClass[] own = [.. section.Devices.SelectMany(word => MeantClass.Of(word, classes, options.OfferedClassesOnly))];
            // Two sections may mean a class by different words: its jobs are shuffled together all the same.
            meant.AddRange(own.Where(device => !meant.Exists(known => known.Class.Slug == device.Class.Slug)));
            cells.AddRange(plan.Models.SelectMany(model => Cells(section, model, Artifact(artifacts, model), own, options))
                .Select(cell => cell with { Device = meant.First(known => known.Class.Slug == cell.Device.Class.Slug) }));
        }

        return (meant, cells);
    }

    /// <summary>The classes whose devices get sentinels: those that measure something, if the effort is one for comparisons.</summary>
    private static List<MeantClass> Watched(BenchmarkPlan plan, List<CellInClass> cells, ExpansionOptions options) =>
        [.. cells.Where(c => c.WithdrawnCode is null && EffortSettings.For(options.Effort ?? plan.Effort, c.Device.IsCpu).Sentinels).Select(c => c.Device).Distinct()];

    private static PlanArtifact Artifact(IReadOnlyList<PlanArtifact> artifacts, PlanModel model) =>
        artifacts.FirstOrDefault(a => a.Name == model.Name) ?? throw new ArgumentException($"no artifact for model '{model.Name}'", nameof(artifacts));

    private static IEnumerable<CellInClass> Cells(LatencySection section, PlanModel model, PlanArtifact artifact, IReadOnlyList<MeantClass> meant, ExpansionOptions options)
    {
        foreach (MeantClass device in meant)
        {
            foreach (PlanPlace place in section.Places(model.Name, device.Word))
            {
                string provider = place.Provider ?? device.OwnProvider;
                string flavour = place.Runtime ?? device.OwnFlavour(provider);
                var cell = new Cell
                {
                    Kind = section.Kind,
                    Model = model.Name,
                    ArtifactSha256 = artifact.Sha256,
                    DeviceClass = device.Class.Slug,
                    Precision = place.Precision,
                    Batch = place.Batch,
                    Crop = model.Crop ?? artifact.Crop,
                    ResizeShort = model.ResizeShort ?? artifact.ResizeShort,
                    Provider = provider,
                    Flavour = flavour,
                    Scope = section.Scope,
                    Options = ProviderOptions.Of(flavour, provider, section.Options),
                    Concurrency = place.Concurrency,
                    Clocks = place.Clocks,
                };
                Precision computed = ComputedIn(cell, section.AllowEmulated);
                yield return new CellInClass(cell, device, computed, WithdrawnCode(cell, computed, artifact, device, options.OfferedClassesOnly));
            }
        }
    }

    /// <summary>The format a device must compute in: FP16 on a CPU is emulated in FP32, where the plan allows it.</summary>
    private static Precision ComputedIn(Cell cell, bool allowEmulated) =>
        cell is { Precision: Precision.Fp16, Provider: ExecutionProviders.Cpu } && allowEmulated ? Precision.Fp32 : cell.Precision;

    /// <summary>Why a cell is not measured, or null. What can never work on the class comes before what is only missing today.</summary>
    private static string? WithdrawnCode(Cell cell, Precision computed, PlanArtifact artifact, MeantClass device, bool offeredOnly)
    {
        if (cell.Provider == ExecutionProviders.Cpu && computed == Precision.Fp16) return FailureCode.UnsupportedFp16;
        if (cell.Precision is Precision.Int8) return FailureCode.UnsupportedInt8;
        if (artifact.FixedBatch is { } only && only != cell.Batch) return FailureCode.UnsupportedBatch;
        if (device.IsCpu && !cell.Clocks.IsFree) return FailureCode.UnsupportedClocksOfCpu;
        if (device.WhyNot(cell.Flavour, cell.Provider, computed, cell.Kind) is { } lack) return lack;
        return offeredOnly && !device.Class.Offered ? FailureCode.NoDeviceClass : null;
    }

    /// <summary>Round by round: repetition r of all cells of a class, shuffled, before repetition r + 1 of any; withdrawn jobs last, in plan order.</summary>
    private static List<PlannedJob> Jobs(List<CellInClass> cells, List<MeantClass> meant, Effort effort, long seed)
    {
        var jobs = new List<PlannedJob>();
        ILookup<MeantClass, CellInClass> measured = cells.Where(c => c.WithdrawnCode is null).ToLookup(c => c.Device);
        int Launches(MeantClass device) => EffortSettings.For(effort, device.IsCpu).LaunchesPlanned;
        int rounds = meant.Max(Launches);
        for (short round = 0; round < rounds; round++)
        {
            foreach (MeantClass device in meant.Where(d => round < Launches(d)))
            {
                List<CellInClass> ofClass = [.. measured[device]];
                foreach (int index in RoundOrder.Permutation(ofClass.Count, seed, round)) jobs.Add(Job(ofClass[index], round, jobs.Count));
            }
        }

        foreach (CellInClass cell in cells.Where(c => c.WithdrawnCode is not null)) jobs.Add(Job(cell, 0, jobs.Count));
        return jobs;
    }

    private static PlannedJob Job(CellInClass cell, short repetition, int orderKey) =>
        new(cell.Cell, repetition, orderKey, cell.Requires, cell.WithdrawnCode);

    private sealed record CellInClass(Cell Cell, MeantClass Device, Precision Computed, string? WithdrawnCode)
    {
        /// <summary>Shared by all jobs of the cell.</summary>
        internal IReadOnlyList<string> Requires { get; } = MeantClass.Requires(Cell.Flavour, Cell.Provider, Computed, Cell.Kind);
    }
}
