using System.Diagnostics;

namespace Fleetmark.Architecture;

public sealed class TestScriptTests
{
    [Fact]
    public async Task A_filter_that_matches_no_test_project_is_an_error()
    {
        var start = new ProcessStartInfo(Path.Combine(Repository.Root, "test.sh"), ["NoSuchProject"]) { RedirectStandardError = true, RedirectStandardOutput = true, UseShellExecute = false };
        using Process script = Process.Start(start)!;
        string error = await script.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await script.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(2, script.ExitCode);
        Assert.Contains("NoSuchProject", error, StringComparison.Ordinal);
    }
}
