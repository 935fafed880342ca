using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.InteropServices;
using Fleetmark.Fixtures;

namespace Fleetmark.EndToEnd;

/// <summary>A command of the command line that runs.</summary>
internal sealed partial class Command : IDisposable
{
    private const int Interrupt = 2;
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(4);

    private readonly Process _process;
    private readonly Task<string> _output;
    private readonly Task _reading;
    private readonly ConcurrentQueue<string> _errors = new();

    internal Command(Process process)
    {
        _process = process;
        process.StandardInput.Close();
        _output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        _reading = ReadAsync();
    }

    /// <summary>Waits for something that happens while the command runs; its end before that is a failure.</summary>
    internal async Task RunsUntilAsync(string phase, Func<bool> condition)
    {
        await Eventually.Async(phase, () => Task.FromResult(condition() || _process.HasExited), Limit);
        Assert.True(condition(), $"{phase}: the command ended before that with {string.Join('\n', _errors)}");
    }

    /// <summary>kill -9.</summary>
    internal void Kill() => _process.Kill();

    /// <summary>Ctrl-C.</summary>
    internal void PressControlC() => Assert.Equal(0, Signal(_process.Id, Interrupt));

    /// <summary>Waits for the end.</summary>
    internal async Task<Finished> FinishAsync()
    {
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(Limit, TestContext.Current.CancellationToken);
        await Task.WhenAll(_reading, _output).WaitAsync(Limit, TestContext.Current.CancellationToken);
        return new Finished(_process.ExitCode, await _output, [.. _errors]);
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }

    private async Task ReadAsync()
    {
        while (await _process.StandardError.ReadLineAsync(TestContext.Current.CancellationToken) is { } line) _errors.Enqueue(line);
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Signal(int process, int signal);
}
