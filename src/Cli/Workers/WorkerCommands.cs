using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Serialization;
using Fleetmark.Agent.Conformance;
using Fleetmark.Documents;

namespace Fleetmark.Cli.Workers;

/// <summary><c>worker check</c>: holds a program to the worker protocol.</summary>
internal static class WorkerCommands
{
    private const string Schema = "fleetmark.worker-check/1";
    private const string Page = "docs/worker-protocol.md";

    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) },
    };

    /// <summary>The command with its subcommand.</summary>
    public static Command Create(Terminal terminal)
    {
        var command = new Command("worker", "Look at programs that measure");
        command.Subcommands.Add(Check(terminal));
        return command;
    }

    private static Command Check(Terminal terminal)
    {
        var program = new Argument<string[]>("COMMAND") { Description = "The program and its arguments, after --", Arity = ArgumentArity.OneOrMore };
        var variables = new Option<string[]>("--env") { Description = "A variable for it, NAME=VALUE, as `Environment` of a runtime; may be repeated" };
        var json = new Option<bool>("--json") { Description = "For scripts: one document at the end" };
        var command = new Command(
            "check",
            $"Start a program as an agent would and hold it to the worker protocol ({Page}): requests good and bad, cancel, the end of stdin. "
            + "Takes about ten seconds and no database. Exit 0 when it keeps to the protocol, 3 when not, 4 when it cannot be started. "
            + "Example: fleetmark worker check -- python3 worker.py") { program, variables, json };
        program.Validators.Add(words =>
        {
            string first = words.Tokens[0].Value;
            if (first.StartsWith('-')) words.AddError($"'{first}' is no option of this command; the program comes after --");
        });
        command.SetAction(async (parsed, cancel) =>
        {
            string[] words = parsed.GetRequiredValue(program);
            IReadOnlyDictionary<string, string> environment = Variables(parsed.GetValue(variables) ?? []);
            if (ProgramPath.Find(words[0]) is not { } executable) return NotStarted(terminal, words, "there is no such program, neither here nor in PATH");
            using var model = new CheckModel(cancel);
            var subject = new ConformanceSubject { Executable = executable, Arguments = words[1..], Environment = environment, Model = model.File, Shape = model.Shape };
            bool isForScripts = parsed.GetValue(json);
            ConformanceReport report = await WorkerConformance.RunAsync(
                subject,
                name => { if (terminal.IsInteractive) terminal.Note($"{name} …"); },
                finding => { if (!isForScripts) terminal.Output.WriteLine(Line(finding)); },
                TimeProvider.System,
                cancel);
            if (report.NotStarted is { } reason) return NotStarted(terminal, words, reason);
            await terminal.Output.WriteLineAsync((isForScripts ? Document(words, report) : $"{Sum(report)}: {string.Join(' ', words)}").AsMemory(), cancel);
            return Count(report, ConformanceVerdict.Failed) == 0 ? ExitCode.Success : ExitCode.NotAllValid;
        });
        return command;
    }

    private static int NotStarted(Terminal terminal, string[] words, string reason)
    {
        terminal.Fail($"{string.Join(' ', words)} cannot be started: {reason}");
        return ExitCode.NotStarted;
    }

    /// <summary>What the program did, and of a failure what it should have done and where that is written.</summary>
    private static string Line(ConformanceFinding finding) => finding.Verdict switch
    {
        ConformanceVerdict.Passed => $"pass  {finding.Check,-15} {finding.Found}",
        ConformanceVerdict.NotApplicable => $"n/a   {finding.Check,-15} {finding.Found}",
        _ => $"FAIL  {finding.Check,-15} expected: {finding.Expected}; found: {finding.Found}; see {Page}, \"{finding.Section}\"",
    };

    private static string Sum(ConformanceReport report) =>
        $"{Count(report, ConformanceVerdict.Passed)} passed, {Count(report, ConformanceVerdict.Failed)} failed, {Count(report, ConformanceVerdict.NotApplicable)} not applicable";

    private static int Count(ConformanceReport report, ConformanceVerdict verdict) => report.Findings.Count(finding => finding.Verdict == verdict);

    private static string Document(string[] words, ConformanceReport report) => JsonSerializer.Serialize(
        new
        {
            Schema,
            Command = words,
            Passed = Count(report, ConformanceVerdict.Passed),
            Failed = Count(report, ConformanceVerdict.Failed),
            NotApplicable = Count(report, ConformanceVerdict.NotApplicable),
            Checks = report.Findings,
        },
        Indented);

    private static Dictionary<string, string> Variables(string[] texts)
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string text in texts)
        {
            int at = text.IndexOf('=', StringComparison.Ordinal);
            if (at < 1) throw new ProblemException(new Problem("environment", "--env", $"'{text}' is no variable", "write NAME=VALUE"));
            variables[text[..at]] = text[(at + 1)..];
        }

        return variables;
    }
}
