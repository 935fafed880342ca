namespace Fleetmark.Agent.Workers;

/// <summary>
/// How a worker is made to go: a <c>cancel</c> line on its stdin at once, or the end of that, then signals to its process group, all counted from the request. A worker that survives
/// SIGKILL until <paramref name="Stuck"/> is left behind and its device stays busy until it is gone.
/// </summary>
/// <param name="Terminate">When SIGTERM is sent.</param>
/// <param name="Kill">When SIGKILL is sent.</param>
/// <param name="Stuck">When waiting ends.</param>
/// <param name="EndsInput">True when stdin ends instead of the <c>cancel</c> line, as it does when the agent dies.</param>
internal sealed record Ladder(TimeSpan Terminate, TimeSpan Kill, TimeSpan Stuck, bool EndsInput = false)
{
    /// <summary>For cancel, fencing and deadlines: our worker looks up between bursts and needs up to half a second.</summary>
    internal static readonly Ladder Patient = new(TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(7), TimeSpan.FromSeconds(12));

    /// <summary>For the end of the agent: a person who pressed Ctrl-C waits.</summary>
    internal static readonly Ladder Hasty = new(TimeSpan.Zero, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(3));

    /// <summary>For a worker that broke the protocol: there is nothing to be polite to.</summary>
    internal static readonly Ladder Immediate = new(TimeSpan.Zero, TimeSpan.Zero, TimeSpan.FromSeconds(5));
}
