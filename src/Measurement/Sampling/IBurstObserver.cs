namespace Fleetmark.Measurement.Sampling;

/// <summary>Is asked between bursts of timed calls, where it may take time and allocate without touching a sample.</summary>
public interface IBurstObserver
{
    /// <summary>A burst has ended.</summary>
    /// <param name="progress">How far the phase is.</param>
    /// <exception cref="OperationCanceledException">The launch was cancelled.</exception>
    void Between(BurstProgress progress);
}
