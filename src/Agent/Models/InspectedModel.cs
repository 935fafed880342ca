using Fleetmark.Contracts.Results;

namespace Fleetmark.Agent.Models;

/// <summary>What came of inspecting a converted model on a device.</summary>
/// <param name="Keep">Nodes that must stay in FP32 there beside those that do by rule; empty for most models.</param>
/// <param name="Report">What is stored with results.</param>
internal sealed record InspectedModel(IReadOnlyList<string> Keep, InspectionReport Report);
