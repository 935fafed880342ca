using Fleetmark.Measurement.Statistics;

namespace Fleetmark.Measurement.Bracketing;

/// <summary>
/// The medians of blocks of calls that two ways of calling took in turns: control, block, control, block, …, control. A block is a <em>tested</em> one, or an <em>idle</em>
/// one, which is the control once more and tells what the machine does to a ratio of equals.
/// </summary>
public sealed record BlockSeries
{
    /// <summary>Medians of the control blocks in nanoseconds per call, one more than blocks.</summary>
    public required IReadOnlyList<double> ControlNs { get; init; }

    /// <summary>Medians of the blocks between them in nanoseconds per call.</summary>
    public required IReadOnlyList<double> BlockNs { get; init; }

    /// <summary>Which of <see cref="BlockNs"/> are tested ones; the others are idle ones.</summary>
    public required IReadOnlyList<bool> IsTested { get; init; }

    /// <summary>Calls of one block.</summary>
    public required int CallsPerBlock { get; init; }

    /// <summary>Bytes the tested blocks allocated, all of them together.</summary>
    public required long AllocatedBytes { get; init; }

    /// <summary>Garbage collections from the first to the last block.</summary>
    public required int Collections { get; init; }

    /// <summary>What is wrong with the numbers, for people; null when a <see cref="BracketedRatio"/> can be had of them.</summary>
    internal string? Problem
    {
        get
        {
            int blocks = BlockNs.Count;
            int tested = IsTested.Count(isTested => isTested);
            if (IsTested.Count != blocks || ControlNs.Count != blocks + 1) return $"has {ControlNs.Count} control blocks around {blocks} others";
            if (CallsPerBlock < 1 || AllocatedBytes < 0 || Collections < 0) return "has a negative count, or blocks without calls";
            if (!BlockNs.Concat(ControlNs).All(ns => ns > 0 && double.IsFinite(ns))) return "has a block whose median is not above 0";
            return MedianInterval.Holds(tested) && MedianInterval.Holds(blocks - tested) ? null
                : $"has {tested} tested and {blocks - tested} idle blocks, {MedianInterval.MinimumCount} to {MedianInterval.MaximumCount} of each are needed";
        }
    }
}
