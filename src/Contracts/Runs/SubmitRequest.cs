using Fleetmark.Contracts.Plans;
using Fleetmark.Measurement.Efforts;

namespace Fleetmark.Contracts.Runs;

/// <summary>What a person or a schedule asks for. Repeating it with the same key is answered with the same run.</summary>
[GenerateSerializer, Immutable, Alias(WireAliases.SubmitRequest)]
public sealed record SubmitRequest
{
    /// <summary>Key of the request, chosen by the caller, unique for ever.</summary>
    [Id(0)] public required string IdempotencyKey { get; init; }

    /// <summary>The plan's YAML as written.</summary>
    [Id(1)] public required string PlanSource { get; init; }

    /// <summary>Name of the plan's file, for messages.</summary>
    [Id(2)] public required string PlanFile { get; init; }

    /// <summary>The plan's models in plan order.</summary>
    [Id(3)] public required IReadOnlyList<PlanArtifact> Artifacts { get; init; }

    /// <summary>Effort asked for on the command line in place of the plan's.</summary>
    [Id(4)] public Effort? Effort { get; init; }

    /// <summary>Who asks: a user name.</summary>
    [Id(5)] public required string Owner { get; init; }

    /// <summary>20 a person waits, 10 submitted, 0 scheduled.</summary>
    [Id(6)] public required int Priority { get; init; }

    /// <summary>Seed of the order of measurements.</summary>
    [Id(7)] public required long OrderSeed { get; init; }

    /// <summary>True for a local run: cells of device classes that nobody offers are withdrawn at once in place of waiting.</summary>
    [Id(8)] public bool OfferedClassesOnly { get; init; }

    /// <summary>Artifacts of the A/A sentinels' models, for the efforts that have sentinels; without them the run has none.</summary>
    [Id(9)] public IReadOnlyList<PlanArtifact> Sentinels { get; init; } = [];
}
