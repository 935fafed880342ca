using Fleetmark.Measurement.Launches;

namespace Fleetmark.Agent.Models;

/// <summary>The last FP16 model of a search.</summary>
/// <param name="File">The file.</param>
/// <param name="Inspected">What a worker made of it.</param>
/// <param name="Check">How far it is from its source.</param>
/// <param name="Keep">Nodes that stay in FP32 beside those that do by rule, in ordinal order.</param>
/// <param name="Overflow">The value that overflowed before its node went back to FP32; null when none did.</param>
/// <param name="Agrees">Whether it says what its source says.</param>
internal sealed record HalfFinding<TFile>(TFile File, InspectedMessage Inspected, PrecisionCheck Check, IReadOnlyList<string> Keep, string? Overflow, bool Agrees)
{
    /// <summary>Why a model that does not agree is of no use, in one line.</summary>
    internal string Problem => $"{(Overflow is null ? "the FP16 model disagrees with its source" : $"{Overflow} overflows in FP16")}, also with {Keep.Count} nodes in FP32";
}
