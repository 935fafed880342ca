using Fleetmark.Measurement.SelfCheck;

namespace Fleetmark.Contracts.Tables;

/// <summary>What the harness adds to a call on a machine that measured for a run.</summary>
/// <param name="DeviceClass">Slug of a class the machine measured on.</param>
/// <param name="Agent">Name of its agent.</param>
/// <param name="Report">Its newest self-check; null when there is none.</param>
public sealed record HarnessFacts(string DeviceClass, string Agent, SelfCheckReport? Report);
