using System.Diagnostics.CodeAnalysis;
using Fleetmark.Measurement.Samples;

namespace Fleetmark.Measurement.Launches;

/// <summary>What came of one worker process: the answer to its request, or a failure.</summary>
public sealed record LaunchOutcome
{
    private LaunchOutcome()
    {
    }

    /// <summary>The worker's introduction; null when it never came.</summary>
    public HelloMessage? Hello { get; private init; }

    /// <summary>Why there is no answer; null when there is one.</summary>
    public LaunchFailure? Failure { get; private init; }

    /// <summary>What the worker itself said of its failure; null when it said nothing.</summary>
    public ErrorMessage? Error { get; private init; }

    /// <summary>The answer to a <see cref="LaunchRequest"/>; <see cref="Samples"/> is there with it.</summary>
    public ResultMessage? Result { get; private init; }

    /// <summary>The timed calls of <see cref="Result"/>; at least one, none negative, the median above 0.</summary>
    public SampleSet? Samples { get; private init; }

    /// <summary>The answer to any other request, of the type that the request asks for; null when there is none.</summary>
    public WorkerMessage? Answer { get; private init; }

    /// <summary>True when <see cref="Failure"/> is there.</summary>
    [MemberNotNullWhen(true, nameof(Failure))]
    public bool IsFailure => Failure is not null;

    /// <summary>The same, with what an inspection found out about the precision: a worker that measures does not see what its runtime made of the model.</summary>
    public LaunchOutcome ComputedIn(string precision) =>
        Result is null ? this : this with { Result = Result with { Effective = (Result.Effective ?? new EffectiveReport()) with { Precision = precision } } };

    internal static LaunchOutcome Failed(HelloMessage? hello, LaunchFailure failure, ErrorMessage? error) => new() { Hello = hello, Failure = failure, Error = error };

    internal static LaunchOutcome Measured(HelloMessage hello, ResultMessage result, SampleSet samples) => new() { Hello = hello, Result = result, Samples = samples };

    internal static LaunchOutcome Answered(HelloMessage hello, WorkerMessage answer) => new() { Hello = hello, Answer = answer };
}
