namespace Fleetmark.Measurement.Sampling;

/// <summary>
/// The call that is timed. Implement it as a struct, so that the loop is compiled for it and calls it directly; it must not allocate.
/// </summary>
public interface ITimedCall
{
    /// <summary>One inference, in the scope of the launch.</summary>
    void Invoke();
}
