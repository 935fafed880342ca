namespace Fleetmark.Storage.Clusters;

/// <summary>What a program left: its output, its error text and its exit code.</summary>
internal sealed record ChildOutput(string Output, string Errors, int ExitCode)
{
    /// <summary>The last line it wrote, errors first: mostly the reason of a failure.</summary>
    internal string LastLine => LastLineOf(Errors) ?? LastLineOf(Output) ?? $"exit code {ExitCode}";

    /// <summary>The last line of a text that is not blank; null when there is none.</summary>
    internal static string? LastLineOf(string text) => text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).LastOrDefault();
}
