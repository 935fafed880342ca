namespace Fleetmark.Reporting.Languages;

/// <summary>Reasons for an empty place that only tables know; failure codes of jobs are <see cref="Contracts.Jobs.FailureCode"/>.</summary>
internal static class ReasonWord
{
    /// <summary>The run has no such measurement at all, such as accuracy in a latency plan.</summary>
    internal const string NotMeasuredHere = "not-measured-in-this-run";

    /// <summary>An imported graph holds an operator the counter does not know.</summary>
    internal const string NotCounted = "not-counted";

    /// <summary>The plan changes the input size, and the counts belong to the model's own.</summary>
    internal const string OtherSize = "counted-at-another-size";

    /// <summary>The cell was timed, but its device or its worker told no energy.</summary>
    internal const string NoEnergy = "energy-not-told";

    /// <summary>The plan names sets of published values, and this version has none.</summary>
    internal const string NoReferences = "references-not-supported";
}
