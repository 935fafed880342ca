namespace Fleetmark.Measurement.Launches;

/// <summary>What a warm-up came to.</summary>
public sealed record WarmUpReport
{
    /// <summary>True when the steadiness test was passed, false when the cap came first, null when too few windows were there to tell.</summary>
    public bool? Steady { get; init; }

    /// <summary>Calls made.</summary>
    public int Calls { get; init; }

    /// <summary>Medians of the windows in nanoseconds.</summary>
    public IReadOnlyList<long> WindowsNs { get; init => field = value ?? []; } = [];
}
