using Fleetmark.Cli.Embedded;
using Fleetmark.Documents;
using Fleetmark.Fixtures;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace Fleetmark.Cli.Tests.Embedded;

public sealed class EmbeddedHostTests : IDisposable
{
    private readonly TemporaryFolder _folder = new("embedded");

    private FleetmarkHome Home => new(_folder.Path);

    [Fact]
    public void The_agents_host_leaves_signals_to_the_command()
    {
        using IHost host = EmbeddedAgent.Build(Home, "/tmp/none.sock", credential: null, terminal: null, verbose: false);

        Assert.IsType<EmbeddedLifetime>(host.Services.GetRequiredService<IHostLifetime>());
    }

    [Fact]
    public async Task The_silos_host_leaves_signals_to_the_command()
    {
        await using var database = NpgsqlDataSource.Create("Host=/nowhere");
        await using WebApplication host = EmbeddedSilo.Build(Home, database, Guid.Empty, "/tmp/none.sock", verbose: false);

        Assert.IsType<EmbeddedLifetime>(host.Services.GetRequiredService<IHostLifetime>());
    }

    [Fact]
    public async Task The_silo_reads_the_settings_of_the_home_and_of_no_other_folder()
    {
        await using var database = NpgsqlDataSource.Create("Host=/nowhere");
        await using WebApplication host = EmbeddedSilo.Build(Home, database, Guid.Empty, "/tmp/none.sock", verbose: false);

        JsonConfigurationProvider[] files = [.. ((IConfigurationRoot)host.Configuration).Providers.OfType<JsonConfigurationProvider>()];
        string file = Assert.Single(files).Source.FileProvider!.GetFileInfo(files[0].Source.Path!).PhysicalPath ?? files[0].Source.Path!;
        Assert.Equal(Path.Combine(_folder.Path, "appsettings.json"), Path.GetFullPath(file, _folder.Path));
    }

    [Theory]
    [InlineData("""{ "Agent": { "Cpu": "0" } }""", "Cpu")]
    [InlineData("""{ "Agent": { "Cpus": "zero" } }""", "Agent:Cpus")]
    [InlineData("{", "appsettings.json")]
    public void Wrong_settings_of_the_agent_are_one_problem(string settings, string says)
    {
        File.WriteAllText(Path.Combine(_folder.Path, "appsettings.json"), settings);

        ProblemException problem = Assert.Throws<ProblemException>(() => EmbeddedAgent.Options(Home));

        Assert.Contains(says, Assert.Single(problem.Problems).ToString(), StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();
}
