namespace Fleetmark.Measurement.Judging;

/// <summary>What a GPU used while it computed the same batch again and again, after the sampling window.</summary>
public sealed record EnergyTelemetry
{
    private const double MicrojoulesPerMillijoule = 1000;
    private const double MillijoulesPerJoule = 1000;

    /// <summary>Note of a launch that was asked for energy and has none.</summary>
    public const string UnmeasuredNote = "energy-unmeasured";

    /// <summary>Note of energy that was summed up from power readings.</summary>
    public const string EstimatedNote = "energy-estimated";

    /// <summary>Energy of the loop in mJ.</summary>
    public required double EnergyMj { get; init; }

    /// <summary>Length of the loop in seconds; above 0.</summary>
    public required double Seconds { get; init; }

    /// <summary>Images it computed; at least one.</summary>
    public required long Images { get; init; }

    /// <summary>Power of the device before the worker was started, while nothing ran, in W; null where it is not known, or something ran.</summary>
    public required double? IdleW { get; init; }

    /// <summary>How long that was watched, in seconds.</summary>
    public double IdleSeconds { get; init; }

    /// <summary>True when <see cref="EnergyMj"/> was summed up from power readings because the device does not count it.</summary>
    public required bool IsEstimated { get; init; }

    /// <summary>Energy per image in µJ.</summary>
    public double UjPerItem => EnergyMj * MicrojoulesPerMillijoule / Images;

    /// <summary>Energy per image above what the device would have used without work, in µJ; null where that is not known.</summary>
    public double? NetUjPerItem => (EnergyMj - (IdleW * Seconds * MillijoulesPerJoule)) * MicrojoulesPerMillijoule / Images;

    /// <summary>Notes of a launch.</summary>
    /// <param name="isAsked">Whether energy was asked for.</param>
    /// <param name="energy">What was measured; null when nothing was.</param>
    public static IEnumerable<string> NotesOf(bool isAsked, EnergyTelemetry? energy)
    {
        if (isAsked && energy is null) yield return UnmeasuredNote;
        if (energy is { IsEstimated: true }) yield return EstimatedNote;
    }
}
