namespace Fleetmark.Measurement.Launches;

/// <summary>How a worker process ended.</summary>
/// <param name="Code">Exit code as <see cref="System.Diagnostics.Process.ExitCode"/> gives it: 128 + n after signal n.</param>
/// <param name="Stop">Why it was ended, if it did not leave by itself.</param>
/// <param name="Cause">What the agent knows of that, one line for people; null when <paramref name="Stop"/> says all.</param>
public sealed record WorkerExit(int Code, WorkerStop Stop = WorkerStop.None, string? Cause = null)
{
    private const int SignalBase = 128;
    private const int LastSignal = 64;

    /// <summary>The signal that ended the process, or null.</summary>
    public int? Signal => Code is > SignalBase and <= SignalBase + LastSignal ? Code - SignalBase : null;

    /// <summary>The end in words, such as <c>ended by SIGKILL</c>.</summary>
    public override string ToString() => Signal switch
    {
        null => $"left with exit code {Code}",
        4 => "ended by SIGILL",
        6 => "ended by SIGABRT",
        7 => "ended by SIGBUS",
        8 => "ended by SIGFPE",
        9 => "ended by SIGKILL (perhaps out of memory)",
        11 => "ended by SIGSEGV",
        15 => "ended by SIGTERM",
        { } signal => $"ended by signal {signal}",
    };
}
