using System.Text.Json;

namespace Fleetmark.Cli.Tests.Workers;

public sealed class WorkerCommandsTests
{
    /// <summary>A worker that says hello, refuses everything and does not listen.</summary>
    private const string Refusing = "echo '{\"type\":\"hello\",\"protocol\":1}'; echo '{\"type\":\"error\",\"code\":\"unsupported\",\"message\":\"no\"}'; exit 11";

    [Fact]
    public async Task A_worker_that_fails_some_checks_is_exit_3_and_each_failure_says_what_would_be_right_and_where_that_is_written()
    {
        (int exitCode, string output, string errors) = await RunAsync("worker", "check", "--", "sh", "-c", Refusing);
        Assert.Equal(3, exitCode);
        string[] lines = output.TrimEnd().Split('\n');
        Assert.Contains(lines, l => l.StartsWith("pass  other-request", StringComparison.Ordinal));
        Assert.Contains(lines, l => l.StartsWith("n/a   wrong-hash", StringComparison.Ordinal));
        string launch = Assert.Single(lines, l => l.StartsWith("FAIL  launch", StringComparison.Ordinal));
        Assert.Contains("expected: a short launch ends with `samples` and a `result`", launch, StringComparison.Ordinal);
        Assert.Contains("found: unsupported: no", launch, StringComparison.Ordinal);
        Assert.EndsWith("see docs/worker-protocol.md, \"Messages\"", launch, StringComparison.Ordinal);
        Assert.Contains(" failed, ", lines[^1], StringComparison.Ordinal);
        Assert.Empty(errors);
    }

    [Fact]
    public async Task Scripts_get_one_document()
    {
        (int exitCode, string output, _) = await RunAsync("worker", "check", "--json", "--", "sh", "-c", Refusing);
        JsonElement document = JsonDocument.Parse(output).RootElement;
        Assert.Equal(3, exitCode);
        Assert.Equal("fleetmark.worker-check/1", document.GetProperty("schema").GetString());
        Assert.Equal(["sh", "-c", Refusing], document.GetProperty("command").EnumerateArray().Select(word => word.GetString()));
        JsonElement[] checks = [.. document.GetProperty("checks").EnumerateArray()];
        foreach ((string count, string verdict) in ((string, string)[])[("passed", "passed"), ("failed", "failed"), ("notApplicable", "not-applicable")])
            Assert.Equal(checks.Count(check => check.GetProperty("verdict").GetString() == verdict), document.GetProperty(count).GetInt32());
        Assert.All(checks, check => Assert.NotEmpty(check.GetProperty("section").GetString()!));
    }

    [Fact]
    public async Task Variables_reach_the_worker()
    {
        const string script = "test \"$MINE\" = 'a=b' && exit 99; exit 1";
        (_, string output, _) = await RunAsync("worker", "check", "--env", "MINE=a=b", "--", "sh", "-c", script);
        Assert.Contains("exit code 99", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(4, "no such program", "worker", "check", "--", "no-such-program")]
    [InlineData(4, "no such program", "worker", "check", "--", "./none/at-all")]
    [InlineData(4, "ermission denied", "worker", "check", "--", "/etc/passwd")]
    [InlineData(2, "argument missing", "worker", "check")]
    [InlineData(2, "write NAME=VALUE", "worker", "check", "--env", "MINE", "--", "sh")]
    [InlineData(2, "'--jsn'", "worker", "check", "--jsn")]
    public async Task What_cannot_be_checked_is_said_in_one_line(int exitCode, string says, params string[] arguments)
    {
        (int found, string output, string errors) = await RunAsync(arguments);
        Assert.Equal(exitCode, found);
        Assert.Empty(output);
        Assert.Contains(says, errors, StringComparison.Ordinal);
        Assert.All(errors.TrimEnd().Split('\n'), line => Assert.StartsWith("fleetmark: ", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Help_names_exit_codes_and_an_example()
    {
        (int exitCode, string output, _) = await RunAsync("worker", "check", "--help");
        Assert.Equal(0, exitCode);
        string text = string.Join(' ', output.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains("Exit 0 when it keeps to the protocol, 3 when not, 4 when it cannot be started.", text, StringComparison.Ordinal);
        Assert.Contains("fleetmark worker check -- python3 worker.py", text, StringComparison.Ordinal);
    }

    private static async Task<(int ExitCode, string Output, string Errors)> RunAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        int exitCode = await FleetmarkCommandLine.RunAsync(arguments, new Terminal(output, errors, isInteractive: false));
        return (exitCode, output.ToString(), errors.ToString());
    }
}
