using Fleetmark.Contracts.Jobs;

namespace Fleetmark.Reporting.Tables;

/// <summary>Signs that stand beside or in place of a number, the same in every language; each one used is explained under its table.</summary>
internal static class Marks
{
    internal const string Unstable = "†";
    internal const string Throttled = "‡";
    internal const string Contended = "§";
    internal const string Stale = "¶";
    internal const string Pending = "…";
    internal const string Retrying = "… n";
    internal const string Unsupported = "—";
    internal const string Missing = "n/m";
    internal const string NeedsSamples = "n/a";
    internal const string NotPlanned = "–";

    /// <summary>Order of the explanations.</summary>
    internal static IReadOnlyList<string> Order { get; } =
    [
        Unstable, Throttled, Contended, Stale, "OOM", "TIMEOUT", "CRASH", "DRIVER", "WRONG-OUTPUT", "ERROR",
        Pending, Retrying, Unsupported, Missing, NeedsSamples, NotPlanned,
    ];

    /// <summary>The mark behind a number with a reservation; empty for a valid one.</summary>
    internal static string Behind(CellState? state) => state switch
    {
        CellState.Unstable => Unstable,
        CellState.Throttled => Throttled,
        CellState.Contended => Contended,
        CellState.Stale => Stale,
        _ => "",
    };

    /// <summary>The word for a failure.</summary>
    internal static string Failure(string? code) => code switch
    {
        FailureCode.OutOfMemory => "OOM",
        FailureCode.WorkerTimeout => "TIMEOUT",
        FailureCode.WorkerCrash => "CRASH",
        FailureCode.DriverFault => "DRIVER",
        FailureCode.WrongOutput => "WRONG-OUTPUT",
        _ => "ERROR",
    };
}
