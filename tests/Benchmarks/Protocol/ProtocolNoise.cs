namespace Fleetmark.Benchmarks.Protocol;

/// <summary>Seeded random numbers. Each trial has its own, so trials can run on all cores and still give the same figures.</summary>
internal sealed class ProtocolNoise(int seed)
{
    private readonly Random _random = new(seed);
    private double? _spare;

    /// <summary>Uniform on 0 to 1.</summary>
    internal double Uniform() => _random.NextDouble();

    /// <summary>Standard normal, by Box and Muller.</summary>
    internal double Normal()
    {
        if (_spare is { } spare)
        {
            _spare = null;
            return spare;
        }

        double radius = Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble()));
        (double sine, double cosine) = Math.SinCos(2 * Math.PI * _random.NextDouble());
        _spare = radius * sine;
        return radius * cosine;
    }
}
