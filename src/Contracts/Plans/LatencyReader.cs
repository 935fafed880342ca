using System.Globalization;
using Fleetmark.Contracts.Fleet;
using Fleetmark.Contracts.Jobs;
using Fleetmark.Documents;
using Fleetmark.Measurement.Launches;
using Fleetmark.Measurement.Providers;

namespace Fleetmark.Contracts.Plans;

/// <summary>Reads a section <c>latency</c> or <c>throughput</c> and checks that its cross product is neither empty nor boundless.</summary>
internal sealed class LatencyReader(CellKind kind, MappingReader section, IReadOnlyList<string>? models, ICollection<Problem> problems)
{
    /// <summary>The section; null when something in it, or in what it refers to, had a problem.</summary>
    internal LatencySection? Read()
    {
        int before = problems.Count;
        IReadOnlyList<Placed<string>>? devices = Words("devices", null, PlanNames.Device);
        if (devices is not null) ReportOverlaps(devices);
        IReadOnlyList<Placed<Precision>>? precisions = UniqueList.Read(section, "precisions", [Precision.Fp32], ReadPrecision, p => PlanWords.Of(PlanWords.Precisions, p));
        IReadOnlyList<Placed<int>>? batches = UniqueList.Read(section, "batches", [1], ReadBatch, b => b.ToString(CultureInfo.InvariantCulture));
        Scope scope = section.Choice("scope", PlanWords.Scopes) ?? Scope.EndToEnd;
        IReadOnlyList<Placed<string>>? providers = Words("providers", [], Provider);
        IReadOnlyList<Placed<string>>? runtimes = Words("runtimes", [], PlanNames.Runtime);
        IReadOnlyDictionary<string, string> options = ProviderOptions.Read(section, scope, Values(providers) ?? [], Values(runtimes) ?? []);
        IReadOnlyList<Placed<ClockPolicy>>? clocks = UniqueList.Read(section, "clocks", [ClockPolicy.Free], ReadClocks, c => c.ToString());
        bool energy = kind == CellKind.Latency && (section.Flag("energy") ?? false);
        IReadOnlyList<Placed<int>>? concurrency = kind != CellKind.Throughput ? []
            : UniqueList.Read(section, "concurrency", [1], ReadConcurrency, loops => loops.ToString(CultureInfo.InvariantCulture));
        if (concurrency?.FirstOrDefault(loops => loops.Value > 1) is { } several) CheckGraphs(options, several);
        bool allowEmulated = section.Flag("allowEmulated") ?? false;
        var selections = new SelectionReader(
            new PlanCoordinates
            {
                Models = models,
                Devices = Values(devices),
                Precisions = precisions?.Select(p => PlanWords.Of(PlanWords.Precisions, p.Value)).ToList(),
                Batches = batches?.Select(b => b.Value.ToString(CultureInfo.InvariantCulture)).ToList(),
                Providers = Values(providers),
                Runtimes = Values(runtimes),
                Clocks = clocks?.Select(c => c.Value.ToString()).ToList(),
                Concurrency = concurrency?.Select(loops => loops.Value.ToString(CultureInfo.InvariantCulture)).ToList(),
            },
            section, problems);
        IReadOnlyList<CellSelection> exclude = selections.Read("exclude"), include = selections.Read("include");
        section.Finish();
        if (problems.Count > before || models is null) return null;
        var latency = new LatencySection
        {
            Kind = kind,
            Devices = Values(devices)!,
            Precisions = [.. precisions!.Select(p => p.Value)],
            Batches = [.. batches!.Select(b => b.Value)],
            Scope = scope,
            Providers = Values(providers)!,
            Runtimes = Values(runtimes)!,
            Options = options,
            Clocks = [.. clocks!.Select(c => c.Value)],
            Energy = energy,
            Concurrency = [.. concurrency!.Select(loops => loops.Value)],
            AllowEmulated = allowEmulated,
            Include = include,
            Exclude = exclude,
        };
        CheckProduct(latency, models);
        return problems.Count > before ? null : latency;
    }

    private static List<string>? Values(IReadOnlyList<Placed<string>>? words) => words?.Select(w => w.Value).ToList();

    private IReadOnlyList<Placed<string>>? Words(string key, IReadOnlyList<string>? absent, Func<MappingReader, DocumentNode, string, Placed<string>?> read) =>
        UniqueList.Read(section, key, absent, node => read(section, node, key), word => word);

    private Placed<Precision>? ReadPrecision(DocumentNode node) =>
        section.Choice(node, "precisions", PlanWords.Precisions) is { } precision ? new Placed<Precision>(precision, node.At) : null;

    private Placed<int>? ReadBatch(DocumentNode node) =>
        section.Integer(node, "batches", LatencySection.SmallestBatch, LatencySection.LargestBatch) is { } batch ? new Placed<int>((int)batch, node.At) : null;

    private Placed<ClockPolicy>? ReadClocks(DocumentNode node)
    {
        const string expected = "a clock policy";
        if (PlanNames.Scalar(section, node, "clocks", expected) is not { } text) return null;
        if (ClockPolicy.Parse(text.Value) is { } policy) return new Placed<ClockPolicy>(policy, node.At);
        section.Report(
            "unknown-value", node.At, $"clocks: '{text.Value}' is not {expected}",
            $"write {string.Join(", ", ClockPolicy.Words)}, or a whole number of MHz from {ClockPolicy.LowestMhz} to {ClockPolicy.HighestMhz}");
        return null;
    }

    private Placed<int>? ReadConcurrency(DocumentNode node) =>
        section.Integer(node, "concurrency", LatencySection.SmallestConcurrency, LatencySection.LargestConcurrency) is { } loops ? new Placed<int>((int)loops, node.At) : null;

    /// <summary>Calls that replay a graph write to the same buffers, so they cannot run at once.</summary>
    private void CheckGraphs(IReadOnlyDictionary<string, string> options, Placed<int> several)
    {
        foreach ((string name, string value) in options)
            if (KnownProviders.Names.Any(provider => KnownProviders.Find(provider, name)?.NeedsDeviceScope(value) == true))
                section.Report("wrong-value", several.At, $"concurrency: {several.Value} loops cannot replay one graph at once, and options.{name} makes one", "leave the option out, or write `concurrency: [1]`");
    }

    private static Placed<string>? Provider(MappingReader section, DocumentNode node, string key)
    {
        if (PlanNames.Scalar(section, node, key, "a provider") is not { } text) return null;
        if (PlanWords.Providers.FirstOrDefault(p => string.Equals(p, text.Value, StringComparison.OrdinalIgnoreCase)) is { } known) return text with { Value = known };
        section.Report("unknown-value", node.At, $"{key}: '{text.Value}' is not known", Suggestion.Remedy(text.Value, [.. PlanWords.Providers]));
        return null;
    }

    /// <summary>Two words that mean the same class would measure its cells twice, and a selection of one would pick cells of the other.</summary>
    private void ReportOverlaps(IReadOnlyList<Placed<string>> devices)
    {
        foreach (Placed<string> device in devices)
            if (devices.FirstOrDefault(d => d.Value != device.Value && DeviceClass.Means(d.Value, device.Value)) is { } wider)
                section.Report("duplicate-value", device.At, $"devices: '{device.Value}' is already meant by '{wider.Value}' at {wider.At}", "keep one");
    }

    private void CheckProduct(LatencySection latency, IReadOnlyList<string> planModels)
    {
        double cells = (double)planModels.Count * latency.Devices.Count * latency.Precisions.Count * latency.Batches.Count
            * Math.Max(1, latency.Providers.Count) * Math.Max(1, latency.Runtimes.Count) * latency.Clocks.Count * Math.Max(1, latency.Concurrency.Count);
        if (cells > BenchmarkPlan.MaximumCells)
        {
            section.Report("too-many", section.At, $"{CellCoordinate.Word(kind)}: the lists make {cells.ToString("F0", CultureInfo.InvariantCulture)} cells", $"at most {BenchmarkPlan.MaximumCells} are measured by one plan");
            return;
        }

        foreach (CellSelection include in latency.Include)
            if (!latency.Exclude.Any(include.Meets))
                section.Report("selects-nothing", include.At, "include: nothing that 'exclude' takes out is brought back", "remove it: the lists make every other cell already");
        bool isEmpty = !planModels.Any(model => latency.Devices.Any(device => latency.Places(model, device).Any()));
        if (isEmpty) section.Report("no-cells", section.Node("exclude")!.At, "exclude: nothing is left to measure", "exclude less");
    }
}
