using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using Fleetmark.Fixtures;

namespace Fleetmark.EndToEnd;

/// <summary>A command of the command line that runs.</summary>
internal sealed partial class Command : IDisposable
{
    private const int Interrupt = 2;
    private const int Termination = 15;

    /// <summary>SIGQUIT: PostgreSQL drops everything.</summary>
    internal const int Quit = 3;

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(4);

    private readonly Process _process;
    private readonly Task _reading;
    private readonly StringBuilder _output = new();
    private readonly ConcurrentQueue<string> _errors = new();

    internal Command(Process process)
    {
        _process = process;
        process.StandardInput.Close();
        _reading = Task.WhenAll(ReadOutputAsync(), ReadErrorsAsync());
    }

    /// <summary>Waits for something that happens while the command runs; its end before that is a failure.</summary>
    internal async Task RunsUntilAsync(string phase, Func<bool> condition)
    {
        await Eventually.Async(phase, () => Task.FromResult(condition() || _process.HasExited), Limit);
        Assert.True(condition(), $"{phase}: the command ended before that with {string.Join('\n', _errors)}");
    }

    /// <summary>Waits until a line of its output or its errors holds a text.</summary>
    internal Task SaysAsync(string text) => RunsUntilAsync($"it says '{text}'", () => Output.Contains(text, StringComparison.Ordinal) || _errors.Any(line => line.Contains(text, StringComparison.Ordinal)));

    /// <summary>kill -9.</summary>
    internal void Kill() => _process.Kill();

    /// <summary>Ctrl-C.</summary>
    internal void PressControlC() => Assert.Equal(0, Signal(_process.Id, Interrupt));

    /// <summary>SIGTERM.</summary>
    internal void Terminate() => Assert.Equal(0, Signal(_process.Id, Termination));

    /// <summary>Waits for the end.</summary>
    internal async Task<Finished> FinishAsync()
    {
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(Limit, TestContext.Current.CancellationToken);
        await _reading.WaitAsync(Limit, TestContext.Current.CancellationToken);
        return new Finished(_process.ExitCode, Output, [.. _errors]);
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }

    /// <summary>What it printed so far.</summary>
    private string Output
    {
        get
        {
            lock (_output) return _output.ToString();
        }
    }

    private async Task ReadOutputAsync()
    {
        char[] some = new char[4096];
        while (await _process.StandardOutput.ReadAsync(some, TestContext.Current.CancellationToken) is var read and > 0)
            lock (_output) _output.Append(some, 0, read);
    }

    private async Task ReadErrorsAsync()
    {
        while (await _process.StandardError.ReadLineAsync(TestContext.Current.CancellationToken) is { } line) _errors.Enqueue(line);
    }

    /// <summary>Sends a signal to a process.</summary>
    [LibraryImport("libc", EntryPoint = "kill")]
    internal static partial int Signal(int process, int signal);
}
