using System.Text.Json;

namespace Fleetmark.EndToEnd.Machine;

public sealed class DoctorTests
{
    [Fact]
    public async Task It_says_what_it_found_and_makes_no_folder()
    {
        await using var home = new Home();

        Finished doctor = await home.RunAsync("doctor", "--json");

        Assert.Equal(0, doctor.ExitCode);
        Dictionary<string, JsonElement> checks = JsonDocument.Parse(doctor.Output).RootElement.EnumerateArray().ToDictionary(c => c.GetProperty("name").GetString()!);
        Assert.Equal([".NET", "PostgreSQL", "home", "workers", "NVIDIA driver", "CPU governor"], checks.Keys);
        Assert.Contains("ort131-cpu", checks["workers"].GetProperty("found").GetString(), StringComparison.Ordinal);
        Assert.False(Directory.Exists(home.Folder), "looking made the home");
    }

    [Fact]
    public async Task A_home_that_cannot_be_is_named_with_what_to_do()
    {
        await using var home = new Home();
        home.Set("FLEETMARK_HOME", "/dev/null/x");

        Finished doctor = await home.RunAsync("doctor");

        Assert.Equal(2, doctor.ExitCode);
        Assert.Empty(doctor.Errors);
        Assert.Contains("missing  home: /dev/null/x cannot be written; set FLEETMARK_HOME", doctor.Output, StringComparison.Ordinal);
        Assert.Contains("ok       workers:", doctor.Output, StringComparison.Ordinal);
        home.Set("FLEETMARK_HOME", home.Folder);
    }

    [Fact]
    public async Task It_sees_the_settings_a_run_would_use()
    {
        await using var home = new Home();
        home.Write("home/appsettings.json", """{ "Agent": { "Runtimes": [{ "Name": "mine", "Executable": "/bin/true" }] } }""");
        home.Set("Agent__Runtimes__0__Name", "mine");

        Assert.Contains("mine", (await home.RunAsync("doctor")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wrong_settings_are_found()
    {
        await using var home = new Home();
        home.Set("Agent__Cpus", "zero");

        Finished doctor = await home.RunAsync("doctor");

        Assert.Equal(2, doctor.ExitCode);
        Assert.Contains("missing  workers: Agent:Cpus", doctor.Output, StringComparison.Ordinal);
    }
}
