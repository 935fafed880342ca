using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Fleetmark.Measurement.Launches;

namespace Fleetmark.Worker.Tests;

/// <summary>A real worker process and the agent's side of the conversation with it. Nothing of it is left after disposal.</summary>
internal sealed class WorkerUnderTest : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly WorkerConversation _conversation;
    private readonly List<string> _lines = [];
    private readonly Task<string> _stderr;

    private WorkerUnderTest(Process process, WorkerConversation conversation)
    {
        _process = process;
        _conversation = conversation;
        _stderr = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Everything it wrote to stdout so far.</summary>
    internal IReadOnlyList<string> Lines => _lines;

    internal int ExitCode => _process.ExitCode;

    internal string StandardErrorText { get; private set; } = "";

    /// <summary>The worker of this build.</summary>
    internal static string Executable => Path.Combine(AppContext.BaseDirectory, "Fleetmark.Worker");

    internal static WorkerUnderTest Start(WorkerRequest request, string? workDir = null) => Start(Executable, [], request, workDir);

    internal static WorkerUnderTest Start(string executable, IEnumerable<string> arguments, WorkerRequest request, string? workDir = null)
    {
        var start = new ProcessStartInfo(executable, arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = workDir ?? AppContext.BaseDirectory,
        };
        return new WorkerUnderTest(Process.Start(start)!, new WorkerConversation(request, name => File.ReadAllBytes(Path.Combine(workDir!, name))));
    }

    /// <summary>Starts a worker, sends one request and waits for its end.</summary>
    internal static async Task<(LaunchOutcome Outcome, WorkerUnderTest Worker)> AskAsync(WorkerRequest request, string? workDir = null)
    {
        await using WorkerUnderTest worker = Start(request, workDir);
        await worker.SendAsync(request);
        return (await worker.EndAsync(), worker);
    }

    internal Task SendAsync(WorkerRequest request) => SendAsync(Encoding.UTF8.GetString(WorkerProtocol.Write(request)));

    internal async Task SendAsync(string text)
    {
        await _process.StandardInput.WriteAsync(text.AsMemory(), TestContext.Current.CancellationToken);
        await _process.StandardInput.FlushAsync(TestContext.Current.CancellationToken);
    }

    internal void CloseStandardInput() => _process.StandardInput.Close();

    internal void CloseStandardOutput() => _process.StandardOutput.Close();

    /// <summary>Reads on until a line holds a text.</summary>
    internal async Task UntilAsync(string text)
    {
        do
        {
            string? line = await NextAsync();
            Assert.True(line is not null, $"stdout ended before '{text}' came; it held:\n{string.Join('\n', _lines)}");
        }
        while (!_lines[^1].Contains(text, StringComparison.Ordinal));
    }

    /// <summary>Reads to the end of the process and judges.</summary>
    internal async Task<LaunchOutcome> EndAsync(WorkerStop stop = WorkerStop.None)
    {
        while (await NextAsync() is not null)
        {
        }

        StandardErrorText = await StandardErrorToItsEndAsync();
        return _conversation.End(new WorkerExit(_process.ExitCode, stop));
    }

    /// <summary>Waits for the end of the process.</summary>
    internal async Task<string> StandardErrorToItsEndAsync()
    {
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(Patience, TimeProvider.System, TestContext.Current.CancellationToken);
        return await _stderr;
    }

    /// <summary>The messages of a type, as JSON.</summary>
    internal IEnumerable<JsonElement> Messages(string type) => _lines.Where(line => line.StartsWith('{'))
        .Select(line => JsonDocument.Parse(line).RootElement).Where(message => message.GetProperty("type").GetString() == type);

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync(CancellationToken.None);
    }

    private async Task<string?> NextAsync()
    {
        string? line = await _process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken).AsTask()
            .WaitAsync(Patience, TimeProvider.System, TestContext.Current.CancellationToken);
        if (line is null) return null;
        _lines.Add(line);
        _conversation.Feed(Encoding.UTF8.GetBytes(line + "\n"));
        return line;
    }
}
