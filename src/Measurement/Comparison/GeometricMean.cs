using Fleetmark.Measurement.Statistics;
using Perfolizer.Mathematics.Distributions.ContinuousDistributions;
using Perfolizer.Mathematics.QuantileEstimators;
using Pragmastat;

namespace Fleetmark.Measurement.Comparison;

/// <summary>
/// The geometric mean of speed-ups over models, with an interval that asks: what if the models had been others of their kind? Models are drawn with replacement, each with
/// all its speed-ups (cluster bootstrap), because the batches of one model are alike.
/// </summary>
/// <param name="Value">The mean.</param>
/// <param name="Interval95">Its 95 % interval; null for a single model.</param>
/// <param name="Models">Number of models.</param>
public sealed record GeometricMean(double Value, RatioInterval? Interval95, int Models)
{
    private const int Draws = 10_000;
    private const double Tail = 0.975;

    /// <summary>The mean; the same speed-ups and seed give the same interval, in whatever order they come.</summary>
    /// <param name="speedUps">At least one.</param>
    /// <param name="seed">Seed of the draws, such as the run's.</param>
    public static GeometricMean Of(IReadOnlyList<ModelSpeedUp> speedUps, int seed)
    {
        ArgumentNullException.ThrowIfNull(speedUps);
        ArgumentOutOfRangeException.ThrowIfLessThan(speedUps.Count, 1, nameof(speedUps));
        (double Sum, int Count)[] models =
        [
            .. speedUps.GroupBy(s => s.Model, StringComparer.Ordinal).OrderBy(model => model.Key, StringComparer.Ordinal)
                .Select(model => (model.Select(s => Math.Log(s.Value)).Order().Sum(), model.Count())),
        ];
        double mean = models.Sum(model => model.Sum) / speedUps.Count;
        return new GeometricMean(Math.Exp(mean), models.Length < 2 ? null : Bootstrap(models, seed), models.Length);
    }

    private static RatioInterval Bootstrap((double Sum, int Count)[] models, int seed)
    {
        var random = new Random(seed);
        double[] means = new double[Draws];
        for (int draw = 0; draw < Draws; draw++)
        {
            (double sum, int count) = (0, 0);
            for (int i = 0; i < models.Length; i++)
            {
                (double Sum, int Count) model = models[random.Next(models.Length)];
                sum += model.Sum;
                count += model.Count;
            }

            means[draw] = sum / count;
        }

        var drawn = new Sample(means);
        // Percentiles of so few models are too narrow, as n instead of n - 1 and the normal instead of Student's distribution would be. Wider ones make up for both
        // (T. C. Hesterberg, What teachers should know about the bootstrap, 2015, expanded percentile interval).
        double t = StudentT.Quantile(Tail, models.Length - 1) * Math.Sqrt(models.Length / (models.Length - 1.0));
        double outside = new NormalDistribution(0, 1).Cdf(-t);
        return new RatioInterval(
            Math.Exp(HyndmanFanQuantileEstimator.Type7.Quantile(drawn, outside)), Math.Exp(HyndmanFanQuantileEstimator.Type7.Quantile(drawn, 1 - outside)));
    }
}
