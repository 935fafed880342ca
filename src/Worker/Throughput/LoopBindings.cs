using Fleetmark.Worker.Latency;
using Fleetmark.Worker.Sessions;

namespace Fleetmark.Worker.Throughput;

/// <summary>One session with tensors and a binding for each loop.</summary>
internal sealed class LoopBindings : IDisposable
{
    private readonly List<BoundModel> _siblings = [];

    /// <summary>Binds the session once more for each loop after the first.</summary>
    /// <param name="model">The session with the binding of the first loop; stays the caller's.</param>
    /// <param name="count">Number of loops.</param>
    internal LoopBindings(BoundModel model, int count)
    {
        try
        {
            for (int loop = 1; loop < count; loop++) _siblings.Add(model.Sibling());
        }
        catch
        {
            Dispose();
            throw;
        }

        All = [model, .. _siblings];
    }

    /// <summary>The binding of each loop.</summary>
    internal IReadOnlyList<BoundModel> All { get; }

    /// <summary>Fills every input with the same values, as one launch of latency has.</summary>
    internal void Fill(long seed)
    {
        foreach (BoundModel binding in All)
        {
            InputValues.Fill(binding.HostInput, seed);
            binding.CopyInput();
        }
    }

    /// <summary>Ends the calls that run, and every later one.</summary>
    internal void Terminate()
    {
        foreach (BoundModel binding in All) binding.RunOptions.Terminate = true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (BoundModel sibling in _siblings) sibling.Dispose();
    }
}
