using System.CommandLine;
using System.Text.Json;

namespace Fleetmark.Cli.Machine;

/// <summary><c>doctor</c>: what this machine lacks, and the command that fixes it.</summary>
internal static class DoctorCommand
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    /// <summary>The command with its options.</summary>
    public static Command Create(FleetmarkHome home, Terminal terminal)
    {
        var json = new Option<bool>("--json") { Description = "For scripts" };
        var command = new Command("doctor", "Say what this machine lacks, and the command that fixes it; exit 2 when something is missing") { json };
        command.SetAction(async (parsed, cancel) =>
        {
            IReadOnlyList<MachineCheck> checks = await new MachineInspection(home).InspectAsync(cancel);
            string text = parsed.GetValue(json)
                ? JsonSerializer.Serialize(checks.Select(c => new { c.Name, Verdict = Word(c), c.Found, c.Remedy }), Indented)
                : string.Join(Environment.NewLine, checks.Select(Line));
            await terminal.Output.WriteLineAsync(text.AsMemory(), cancel);
            return checks.Any(c => c.Verdict == CheckVerdict.Missing) ? ExitCode.BadInput : ExitCode.Success;
        });
        return command;
    }

    private static string Line(MachineCheck check) =>
        $"{Word(check),-8} {check.Name}: {check.Found}{(check.Remedy.Length > 0 ? $"; {check.Remedy}" : "")}";

    private static string Word(MachineCheck check) => check.Verdict.ToString().ToLowerInvariant();
}
