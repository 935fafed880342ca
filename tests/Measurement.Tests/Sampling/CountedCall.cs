using Fleetmark.Measurement.Sampling;

namespace Fleetmark.Measurement.Tests.Sampling;

/// <summary>A call that only counts.</summary>
internal readonly struct CountedCall(int[] calls) : ITimedCall
{
    internal int Calls => calls[0];

    public void Invoke() => calls[0]++;
}
