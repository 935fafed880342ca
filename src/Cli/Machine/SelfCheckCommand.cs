using System.CommandLine;
using Fleetmark.Agent.Harness;
using Fleetmark.Cli.Embedded;
using Fleetmark.Measurement.SelfCheck;
using Microsoft.Extensions.Logging.Abstractions;

namespace Fleetmark.Cli.Machine;

/// <summary><c>selfcheck</c>: what the harness itself adds to a call on this machine.</summary>
internal static class SelfCheckCommand
{
    /// <summary>The command with its options.</summary>
    public static Command Create(FleetmarkHome home, Terminal terminal)
    {
        var json = new Option<bool>("--json") { Description = "For scripts" };
        var command = new Command("selfcheck", "Measure what the harness itself adds to a call on this machine; exit 3 beyond the limits, 4 when the machine does not let one see it") { json };
        command.SetAction(async (parsed, cancel) =>
        {
            var check = new LocalSelfCheck(EmbeddedAgent.Options(home), TimeProvider.System, NullLoggerFactory.Instance);
            SelfCheckOutcome outcome = await check.RunAsync(cancel);
            if (outcome.Report is not { } report)
            {
                terminal.Fail($"nothing was measured: {outcome.Reason}");
                return ExitCode.NothingMeasured;
            }

            await terminal.Output.WriteLineAsync((parsed.GetValue(json) ? report.ToJson() : SelfCheckText.Of(report)).AsMemory(), cancel);
            foreach (SelfCheckResult result in report.Checks.Where(r => r.Verdict != SelfCheckVerdict.Passed)) terminal.Fail($"{result.Model}: {result.Reason}");
            return Code(report.Verdict);
        });
        return command;
    }

    /// <summary>What the process says to scripts.</summary>
    internal static int Code(SelfCheckVerdict verdict) => verdict switch
    {
        SelfCheckVerdict.Passed => ExitCode.Success,
        SelfCheckVerdict.NotMeasurable => ExitCode.NothingMeasured,
        _ => ExitCode.NotAllValid,
    };
}
