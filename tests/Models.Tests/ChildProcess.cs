using System.Diagnostics;

namespace Fleetmark.Models.Tests;

/// <summary>Runs an explicit test of this assembly in a process of its own. It is told what to do by environment variables and answers in files.</summary>
internal sealed class ChildProcess : IDisposable
{
    private readonly Process _process;

    private ChildProcess(Process process) => _process = process;

    /// <param name="method">Full name of the test method.</param>
    /// <param name="variables">Environment variables for it.</param>
    internal static ChildProcess Start(string method, params (string Name, string Value)[] variables)
    {
        var start = new ProcessStartInfo("dotnet", ["exec", typeof(ChildProcess).Assembly.Location, "-method", method, "-explicit", "only", "-noLogo"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach ((string name, string value) in variables) start.Environment[name] = value;
        return new ChildProcess(Process.Start(start)!);
    }

    /// <summary>Waits for a good end.</summary>
    internal async Task FinishAsync(CancellationToken cancel)
    {
        string output = await _process.StandardOutput.ReadToEndAsync(cancel) + await _process.StandardError.ReadToEndAsync(cancel);
        await _process.WaitForExitAsync(cancel);
        Assert.True(_process.ExitCode == 0, output);
    }

    /// <summary>Waits until the child has made a file, at most a minute; fails when it ends first.</summary>
    internal async Task UntilAsync(string file, CancellationToken cancel)
    {
        for (int tries = 0; !File.Exists(file); tries++)
        {
            Assert.False(_process.HasExited, "the child ended before it had written " + file);
            Assert.True(tries < 1200, "the child did not write " + file);
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, cancel);
        }
    }

    /// <summary>Ends it without warning.</summary>
    internal async Task KillAsync(CancellationToken cancel)
    {
        _process.Kill();
        await _process.WaitForExitAsync(cancel);
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill();
        _process.Dispose();
    }
}
