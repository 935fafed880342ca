using System.ComponentModel;
using Fleetmark.Agent.Telemetry;
using Fleetmark.Agent.Workers;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Fleetmark.Agent.Conformance;

/// <summary>
/// Holds a worker to the protocol, without silo or database: it is started by the code that starts it in an agent, for one request after the other, good ones and bad
/// ones. What the protocol leaves to the worker is not asked.
/// </summary>
public static class WorkerConformance
{
    /// <summary>Exit codes of <c>setsid</c> when it cannot run the program.</summary>
    private const int NotExecutable = 126;
    private const int NotFound = 127;

    /// <summary>Runs all checks; about ten seconds, at most a few minutes when the worker hangs in each.</summary>
    /// <param name="subject">The worker and a model for it.</param>
    /// <param name="begins">Told the name of each check before it.</param>
    /// <param name="found">Told of each check after it.</param>
    /// <param name="clock">Gives <c>CLOCK_MONOTONIC</c> as its timestamp.</param>
    /// <param name="cancel">Ends the worker that runs, and the checking.</param>
    /// <exception cref="IOException">There is no room for a work folder.</exception>
    public static Task<ConformanceReport> RunAsync(
        ConformanceSubject subject, Action<string> begins, Action<ConformanceFinding> found, TimeProvider clock, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(subject);
        ArgumentNullException.ThrowIfNull(begins);
        ArgumentNullException.ThrowIfNull(found);
        return RunAsync(subject, ConformanceChecks.All, begins, found, clock, cancel);
    }

    /// <summary>Runs some checks; most need the claims that <c>capabilities</c> asks for.</summary>
    internal static async Task<ConformanceReport> RunAsync(
        ConformanceSubject subject, IReadOnlyList<ConformanceCheck> checks, Action<string> begins, Action<ConformanceFinding> found, TimeProvider clock, CancellationToken cancel)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("fleetmark-check-");
        try
        {
            IOptions<AgentOptions> options = Options.Create(new AgentOptions { DataFolder = folder.FullName });
            var launcher = new WorkerLauncher(options, new WorkerMemory(new HostFiles("/"), options), clock, NullLogger<WorkerLauncher>.Instance);
            if (await NotStartedAsync(subject, launcher, cancel) is { } reason) return new ConformanceReport([], reason);
            var trial = new ConformanceTrial(subject, launcher, clock, cancel);
            var findings = new List<ConformanceFinding>();
            foreach (ConformanceCheck check in checks)
            {
                begins(check.Name);
                Observation seen = await check.TryAsync(trial);
                findings.Add(new ConformanceFinding(check.Name, seen.Verdict, check.Expected, seen.Text, check.Section));
                found(findings[^1]);
            }

            return new ConformanceReport(findings);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Starts it once: whether there is a program at all says the operating system.</summary>
    private static async Task<string?> NotStartedAsync(ConformanceSubject subject, WorkerLauncher launcher, CancellationToken cancel)
    {
        using var stop = new StopSignal();
        await using CancellationTokenRegistration interrupt = cancel.Register(() => stop.Raise(StopReason.Cancelled, Ladder.Hasty));
        try
        {
            var command = new WorkerCommand(subject.Executable, subject.Arguments, subject.Environment);
            WorkerRun run = await launcher.RunAsync(command, "start", _ => new Measurement.Launches.CapabilitiesRequest(), observer: null, stop);
            bool isOfSetsid = run.Exit.Code is NotExecutable or NotFound && run.LogTail.StartsWith("setsid:", StringComparison.Ordinal);
            return isOfSetsid ? run.LogTail.Trim()["setsid:".Length..].Trim().ReplaceLineEndings(" ") : null;
        }
        catch (Win32Exception e)
        {
            return e.Message;
        }
    }
}
