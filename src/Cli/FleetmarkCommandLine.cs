using System.CommandLine;
using System.CommandLine.Parsing;
using System.Runtime.InteropServices;
using Fleetmark.Cli.Databases;
using Fleetmark.Cli.Fleet;
using Fleetmark.Cli.Machine;
using Fleetmark.Cli.Models;
using Fleetmark.Cli.Plans;
using Fleetmark.Cli.Runs;
using Fleetmark.Cli.Tables;
using Fleetmark.Cli.Workers;
using Fleetmark.Documents;

namespace Fleetmark.Cli;

/// <summary>The command line: its verbs, and the one place where what went wrong becomes a line and an exit code.</summary>
internal static class FleetmarkCommandLine
{
    private static readonly Option<bool> Verbose = new("--verbose") { Description = "Show logs and stack traces", Recursive = true };

    /// <summary>Parses, runs, and returns the exit code.</summary>
    public static async Task<int> RunAsync(string[] args, Terminal terminal)
    {
        using var interrupt = new CancellationTokenSource();
        using PosixSignalRegistration onInterrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using PosixSignalRegistration onTerminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        using PosixSignalRegistration onHangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, Stop);

        ParseResult parsed = Root(terminal).Parse(args);
        if (parsed.Errors.Count > 0 && parsed.Action is not System.CommandLine.Help.HelpAction)
        {
            foreach (ParseError error in parsed.Errors) terminal.Fail($"{error.Message.TrimEnd('.')}; see {Called(parsed)} --help");
            return ExitCode.BadInput;
        }

        bool verbose = parsed.GetValue(Verbose);
        try
        {
            var invocation = new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null, Output = terminal.Output };
            return await parsed.InvokeAsync(invocation, interrupt.Token);
        }
        catch (ProblemException e)
        {
            terminal.Report(e.Problems);
            if (verbose) terminal.Note(e.ToString());
            return ExitCode.BadInput;
        }
        catch (OperationCanceledException) when (interrupt.IsCancellationRequested)
        {
            return ExitCode.Interrupted;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            terminal.Fail($"unexpected: {e.Message} ({e.GetType().Name}){(verbose ? "" : "; the same command with --verbose shows where")}");
            if (verbose) terminal.Note(e.ToString());
            return ExitCode.Defect;
        }

        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            interrupt.Cancel();
        }
    }

    private static RootCommand Root(Terminal terminal)
    {
        var home = FleetmarkHome.FromEnvironment();
        var root = new RootCommand("Fleetmark measures neural networks on a fleet of machines and publishes comparison tables.");
        root.Options.Add(Verbose);
        root.Subcommands.Add(RunCommand.Create(home, terminal, Verbose));
        root.Subcommands.Add(ResumeCommand.Create(home, terminal, Verbose));
        root.Subcommands.Add(RunsCommand.Create(terminal));
        root.Subcommands.Add(TableCommand.Create(terminal));
        root.Subcommands.Add(PlanCommands.Create(home, terminal));
        root.Subcommands.Add(ModelCommands.Create(home, terminal));
        root.Subcommands.Add(DatabaseCommands.Create(terminal));
        root.Subcommands.Add(SelfCheckCommand.Create(home, terminal));
        root.Subcommands.Add(WorkerCommands.Create(terminal));
        root.Subcommands.Add(HostCommands.Create(home));
        root.Subcommands.Add(TokenCommands.Create(terminal));
        root.Subcommands.Add(DoctorCommand.Create(home, terminal));
        return root;
    }

    private static string Called(ParseResult parsed)
    {
        var names = new Stack<string>();
        for (SymbolResult? at = parsed.CommandResult; at is CommandResult command; at = at.Parent)
            names.Push(command.Command is RootCommand ? "fleetmark" : command.Command.Name);
        return string.Join(' ', names);
    }
}
