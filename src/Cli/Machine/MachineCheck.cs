namespace Fleetmark.Cli.Machine;

/// <summary>One thing a machine has or lacks.</summary>
/// <param name="Name">What was looked at.</param>
/// <param name="Verdict">How it stands.</param>
/// <param name="Found">What was found, in a few words.</param>
/// <param name="Remedy">The command that mends it; empty when nothing is to be done.</param>
internal sealed record MachineCheck(string Name, CheckVerdict Verdict, string Found, string Remedy = "");
