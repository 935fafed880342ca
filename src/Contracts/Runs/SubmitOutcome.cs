using System.Diagnostics.CodeAnalysis;

namespace Fleetmark.Contracts.Runs;

/// <summary>Answer to a <see cref="SubmitRequest"/>.</summary>
[GenerateSerializer, Immutable, Alias(WireAliases.SubmitOutcome)]
public sealed record SubmitOutcome
{
    private SubmitOutcome()
    {
    }

    /// <summary>The run, when the request was accepted.</summary>
    [Id(0)] public RunId? RunId { get; private init; }

    /// <summary>Lines for people, when it was refused.</summary>
    [Id(1)] public IReadOnlyList<string> Problems { get; private init; } = [];

    /// <summary>True when the run exists.</summary>
    [MemberNotNullWhen(true, nameof(RunId))]
    public bool IsAccepted => RunId is not null;

    /// <summary>The run exists now, or existed already under this key.</summary>
    public static SubmitOutcome Accepted(RunId runId) => new() { RunId = runId };

    /// <summary>Nothing was stored.</summary>
    public static SubmitOutcome Refused(IReadOnlyList<string> problems) => new() { Problems = problems };
}
