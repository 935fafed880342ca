using Fleetmark.Documents;
using Spectre.Console;

namespace Fleetmark.Cli;

/// <summary>Where words go: results to standard output, everything about how it went to standard error. Colour and redrawing only for a person.</summary>
internal sealed class Terminal(TextWriter output, TextWriter error, bool isInteractive)
{
    /// <summary>The process's own streams; interactive when standard error is a terminal and nobody asked for plain text.</summary>
    public static Terminal OfProcess() => new(
        Console.Out, Console.Error,
        !Console.IsErrorRedirected && Environment.GetEnvironmentVariable("NO_COLOR") is not { Length: > 0 }
        && Environment.GetEnvironmentVariable("TERM") is not "dumb");

    /// <summary>True when progress may be redrawn in place.</summary>
    public bool IsInteractive { get; } = isInteractive;

    /// <summary>Standard output.</summary>
    public TextWriter Output { get; } = output;

    /// <summary>One line about how it goes.</summary>
    public void Note(string line) => error.WriteLine(line);

    /// <summary>One line about something the person may want to act on.</summary>
    public void Warn(string line) => error.WriteLine($"warning: {line}");

    /// <summary>One line per problem.</summary>
    public void Report(IEnumerable<Problem> problems)
    {
        foreach (Problem problem in problems) error.WriteLine($"fleetmark: {problem}");
    }

    /// <summary>One line for what went wrong.</summary>
    public void Fail(string line) => error.WriteLine($"fleetmark: {line.ReplaceLineEndings(" ")}");

    /// <summary>A console that redraws on standard error.</summary>
    public IAnsiConsole Drawing() => AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(error) });
}
