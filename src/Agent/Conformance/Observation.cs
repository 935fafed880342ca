namespace Fleetmark.Agent.Conformance;

/// <summary>What a worker did in one check.</summary>
/// <param name="Verdict">How that is to be judged.</param>
/// <param name="Text">It in one line.</param>
internal sealed record Observation(ConformanceVerdict Verdict, string Text)
{
    internal static Observation Passed(string text) => new(ConformanceVerdict.Passed, text);

    internal static Observation Failed(string text) => new(ConformanceVerdict.Failed, text);

    internal static Observation NotApplicable(string text) => new(ConformanceVerdict.NotApplicable, text);
}
