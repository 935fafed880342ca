using System.Diagnostics.CodeAnalysis;

namespace Fleetmark.Agent.Calibration;

/// <summary>What came of a long load: a calibration, or why there is none.</summary>
internal sealed record SoakOutcome
{
    private SoakOutcome()
    {
    }

    internal DeviceCalibration? Calibration { get; private init; }

    /// <summary>One line for people.</summary>
    internal string? Problem { get; private init; }

    /// <summary>True when the driver says that the card is lost.</summary>
    internal bool IsLost { get; private init; }

    /// <summary>True when there is a calibration.</summary>
    [MemberNotNullWhen(true, nameof(Calibration)), MemberNotNullWhen(false, nameof(Problem))]
    internal bool IsThere => Calibration is not null;

    internal static SoakOutcome Measured(DeviceCalibration calibration) => new() { Calibration = calibration };

    internal static SoakOutcome Failed(string problem) => new() { Problem = problem };

    internal static SoakOutcome Lost(string problem) => new() { Problem = problem, IsLost = true };
}
