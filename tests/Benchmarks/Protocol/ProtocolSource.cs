namespace Fleetmark.Benchmarks.Protocol;

/// <summary>
/// A synthetic launch: call times of a known kind around a level of 1, and what is true of them. What is true is a matter of definition, and it is this: a launch is asked for
/// the time that a call takes <b>while it is watched</b>, so the true value is the median (for rules that report a mean, the mean) of the distribution its calls come from,
/// averaged over the window that was watched.
/// <list type="bullet">
/// <item>iid and AR(1): the distribution is the same everywhere; its median is the level.</item>
/// <item>bimodal: the median of the mixture, as for any population; with 30 % of the calls in the upper mode it lies in the lower one. An interval for it does not say that
/// there is a second level: that is what the flag and the two published modes are for. With half of the calls in each mode every value between them is a median, and no
/// interval of a median means anything.</item>
/// <item>bimodal, dwelling: the same mixture. In a window of a thousand calls a launch changes mode some thirty times, so the share of the upper mode, and with it the median,
/// varies more than blocks can see.</item>
/// <item>drift: the level at rest does not exist, and a rule that looks for 20 s cannot know where a card will settle after ten minutes. What the numbers are evidence of is the
/// window: the level averaged over the calls that were taken, as benchmarks that report percentiles of the queries they issued (MLPerf Inference) see it. An interval that
/// covers this is honest arithmetic, not a good measurement: hence the warm-up test before and the flag <c>drift</c> after, which makes the launch unstable.</item>
/// </list>
/// </summary>
/// <param name="Name">Name in the tables.</param>
/// <param name="Start">Begins a launch: a function that gives the next call's time.</param>
/// <param name="Median">The true median of a window of so many calls.</param>
/// <param name="Mean">The true mean of a window of so many calls.</param>
internal sealed record ProtocolSource(string Name, Func<ProtocolNoise, Func<double>> Start, Func<int, double> Median, Func<int, double> Mean)
{
    private const double UpperLevel = 1.10;
    private const double UpperShare = 0.30;
    private const double ModeSd = 0.02;

    internal static ProtocolSource Iid(double sd) => new($"iid {100 * sd:0} %", noise => () => 1 + (sd * noise.Normal()), _ => 1, _ => 1);

    internal static ProtocolSource Ar1(double correlation, double sd) => new($"AR(1) {correlation:0.0}, {100 * sd:0} %", noise =>
    {
        double state = noise.Normal();
        double fresh = Math.Sqrt(1 - (correlation * correlation));
        return () =>
        {
            double now = state;
            state = (correlation * state) + (fresh * noise.Normal());
            return 1 + (sd * now);
        };
    }, _ => 1, _ => 1);

    /// <summary>Each call is in one of two modes 10 % apart, independently of the one before.</summary>
    internal static ProtocolSource Bimodal() =>
        new("bimodal 70/30", noise => () => InMode(noise, noise.Uniform() < UpperShare), _ => MixtureMedian(), _ => MixtureMean());

    /// <summary>The two modes again, but a launch stays in one for a while: 20 calls in the upper mode on average, and so long in the lower that the shares are the same.</summary>
    internal static ProtocolSource Dwelling() => new("bimodal, dwelling", noise =>
    {
        const double Leave = 1 / 20.0, Enter = Leave * UpperShare / (1 - UpperShare);
        bool upper = noise.Uniform() < UpperShare;
        return () =>
        {
            bool now = upper;
            if (noise.Uniform() < (upper ? Leave : Enter)) upper = !upper;
            return InMode(noise, now);
        };
    }, _ => MixtureMedian(), _ => MixtureMean());

    /// <summary>The level rises by a share over a number of calls and on at that pace, under independent noise; the mixture over the window is symmetric around its middle.</summary>
    internal static ProtocolSource Drift(double rise, int calls, double sd)
    {
        double perCall = rise / calls;
        return new($"drift {100 * rise:0} %", noise =>
        {
            int call = 0;
            return () => 1 + (perCall * call++) + (sd * noise.Normal());
        }, Middle, Middle);

        double Middle(int taken) => 1 + (perCall * (taken - 1) / 2);
    }

    /// <summary>One step up after a number of calls.</summary>
    internal static ProtocolSource Step(double rise, int at, double sd) => new($"step {100 * rise:0} %", noise =>
    {
        int call = 0;
        return () => 1 + (call++ < at ? 0 : rise) + (sd * noise.Normal());
    }, calls => calls < 2 * at ? 1 : 1 + rise, calls => 1 + (rise * Math.Max(0, calls - at) / calls));

    private static double InMode(ProtocolNoise noise, bool upper) => (upper ? UpperLevel : 1) * (1 + (ModeSd * noise.Normal()));

    private static double MixtureMean() => 1 + (UpperShare * (UpperLevel - 1));

    /// <summary>By bisection. The upper mode lies five of its standard deviations above, so the lower one's quantile 0.5/0.7 is nearly it.</summary>
    private static double MixtureMedian()
    {
        (double low, double high) = (0.9, 1.2);
        while (high - low > 1e-12)
        {
            double middle = (low + high) / 2;
            double below = ((1 - UpperShare) * Below((middle - 1) / ModeSd)) + (UpperShare * Below(((middle / UpperLevel) - 1) / ModeSd));
            if (below < 0.5) low = middle;
            else high = middle;
        }

        return low;
    }

    private static double Below(double z) => new Perfolizer.Mathematics.Distributions.ContinuousDistributions.NormalDistribution(0, 1).Cdf(z);
}
