namespace Fleetmark.Agent.Link;

/// <summary>
/// How long to wait before dialling again: random(0, min(30 s, 0.5 s · 2ⁿ)), so that a fleet does not come back in one moment. The first try after a session was lost
/// comes within 2 s; n starts again after a session of a minute.
/// </summary>
internal sealed class RedialDelay(Random random)
{
    private const int LargestExponent = 6;
    private static readonly TimeSpan Unit = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan FirstTry = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan GoodSession = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan TooOld = TimeSpan.FromMinutes(10);
    private int _failures;

    /// <summary>The delay after a dial or session that ended like this.</summary>
    internal TimeSpan After(SessionEnd end)
    {
        if (end.Length >= GoodSession) _failures = 0;
        if (end.GoAway is var (low, high)) return low + (random.NextDouble() * (high - low));
        if (end.IsTooOld) return TooOld;
        if (end.Length > TimeSpan.Zero && _failures == 0)
        {
            _failures = 1;
            return random.NextDouble() * FirstTry;
        }

        TimeSpan range = Unit * Math.Pow(2, Math.Min(_failures++, LargestExponent));
        return random.NextDouble() * (range < Longest ? range : Longest);
    }
}
