using Fleetmark.Agent.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Fleetmark.Agent.Tests.Hosting;

public sealed class AgentOptionsTests
{
    private static readonly Dictionary<string, string?> Good = new(StringComparer.Ordinal)
    {
        ["Agent:Gateway"] = "https://silo:5081",
        ["Agent:DataFolder"] = "/var/lib/fleetmark",
        ["Agent:ModelsFolder"] = "/var/lib/fleetmark/models",
    };

    [Fact]
    public void A_whole_section_is_read()
    {
        AgentOptions options = Read(new()
        {
            ["Agent:Cpus"] = "0-1",
            ["Agent:Labels:0"] = "rack=a",
            ["Agent:DrainGrace"] = "00:00:05",
            ["Agent:WorkerMemoryMib"] = "4096",
            ["Agent:ImageDigest"] = $"sha256:{new string('a', 64)}",
            ["Agent:Runtimes:0:Name"] = "openvino-2026",
            ["Agent:Runtimes:0:Executable"] = "/usr/bin/python3",
            ["Agent:Runtimes:0:Arguments:0"] = "/opt/worker.py",
            ["Agent:Runtimes:0:Environment:OMP_NUM_THREADS"] = "2",
            ["Agent:Runtimes:0:Devices:0"] = "cpu",
        });
        RuntimeOptions runtime = Assert.Single(options.Runtimes);
        Assert.Equal(["/opt/worker.py"], runtime.Arguments);
        Assert.Equal("2", runtime.Environment["OMP_NUM_THREADS"]);
        Assert.Equal(TimeSpan.FromSeconds(5), options.DrainGrace);
        Assert.Equal(["rack=a"], options.Labels);
        Assert.Equal(4096, options.WorkerMemoryMib);
        Assert.Equal($"sha256:{new string('a', 64)}", options.ImageDigest);
    }

    [Theory]
    [InlineData("Agent:Gateway", "", "Gateway")]
    [InlineData("Agent:Gateway", "http://silo:5081", "plaintext")]
    [InlineData("Agent:DataFolder", "data", "Agent:DataFolder")]
    [InlineData("Agent:ModelsFolder", "models", "Agent:ModelsFolder")]
    [InlineData("Agent:LockFolder", "locks", "Agent:LockFolder")]
    [InlineData("Agent:Cpus", "two", "Agent:Cpus")]
    [InlineData("Agent:Labels:0", "Rack A", "Agent:Labels")]
    [InlineData("Agent:DrainGrace", "02:00:00", "DrainGrace")]
    [InlineData("Agent:WorkerMemoryMib", "63", "WorkerMemoryMib")]
    [InlineData("Agent:ImageDigest", "latest", "ImageDigest")]
    [InlineData("Agent:Runtimes:0:Name", "No Spaces", "Name")]
    [InlineData("Agent:Runtimes:0:Executable", "python3", "Executable")]
    [InlineData("Agent:Runtimes:0:Sha256", "abc", "Sha256")]
    public void A_wrong_value_stops_the_host_and_names_its_key(string key, string value, string said)
    {
        var refused = Assert.Throws<OptionsValidationException>(() => Read(new() { ["Agent:Runtimes:0:Name"] = "mine", ["Agent:Runtimes:0:Executable"] = "/bin/true", [key] = value }));
        Assert.Contains(said, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_runtimes_of_one_name_are_refused() => Assert.Throws<OptionsValidationException>(() => Read(new()
    {
        ["Agent:Runtimes:0:Name"] = "mine",
        ["Agent:Runtimes:0:Executable"] = "/bin/true",
        ["Agent:Runtimes:1:Name"] = "mine",
        ["Agent:Runtimes:1:Executable"] = "/bin/false",
    }));

    [Fact]
    public void An_unknown_key_is_refused() => Assert.Throws<InvalidOperationException>(() => Read(new() { ["Agent:Gatewai"] = "x" }));

    [Fact]
    public void A_host_waits_longer_than_the_grace()
    {
        using IHost host = Build(new() { ["Agent:DrainGrace"] = "00:05:00" });
        Assert.True(host.Services.GetRequiredService<IOptions<HostOptions>>().Value.ShutdownTimeout > TimeSpan.FromMinutes(5));
    }

    private static AgentOptions Read(Dictionary<string, string?> more)
    {
        using IHost host = Build(more);
        return host.Services.GetRequiredService<IOptions<AgentOptions>>().Value;
    }

    private static IHost Build(Dictionary<string, string?> more)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(Good);
        builder.Configuration.AddInMemoryCollection(more);
        builder.Services.AddFleetmarkAgent();
        return builder.Build();
    }
}
