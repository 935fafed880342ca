namespace Fleetmark.EndToEnd;

/// <summary>A command that ended.</summary>
internal sealed record Finished(int ExitCode, string Output, IReadOnlyList<string> Errors);
