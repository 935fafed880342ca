using System.Security.Cryptography;
using System.Text;
using Fleetmark.Contracts.Plans;
using Fleetmark.Contracts.Runs;
using Fleetmark.Fixtures;
using Fleetmark.Storage.Fleet;
using Fleetmark.Storage.Runs;
using Fleetmark.Storage.Sessions;
using Fleetmark.Storage.Tables;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Fleetmark.Silo.Tests;

/// <summary>A silo as the product hosts it, on a database and a socket of its own; agents are played by the tests.</summary>
internal sealed class SiloUnderTest : IAsyncDisposable
{
    internal const string Credential = "fma_test";
    private readonly TestDatabase _database;
    private readonly TemporaryFolder _folder;
    private readonly WebApplication _silo;
    private readonly List<FakeAgent> _agents = [];
    private long _epoch;

    private SiloUnderTest(TestDatabase database, TemporaryFolder folder, WebApplication silo, Guid clusterId)
    {
        _database = database;
        _folder = folder;
        _silo = silo;
        ClusterId = clusterId;
    }

    /// <summary>Identity of the database.</summary>
    internal Guid ClusterId { get; }

    /// <summary>Runs with everything their tables need.</summary>
    internal ResultQueries Results => new(_database.Source, Runs);

    /// <summary>Questions about runs.</summary>
    internal RunQueries Runs => new(_database.Source);

    private string Socket => Path.Combine(_folder.Path, "gateway.sock");

    /// <summary>Starts a silo that looks often, so that no test waits for its patience.</summary>
    internal static async Task<SiloUnderTest> StartAsync(TestCluster cluster, params (string Key, string Value)[] dispatch)
    {
        CancellationToken cancel = TestContext.Current.CancellationToken;
        TestDatabase database = await cluster.CreateDatabaseAsync(cancel);
        var folder = new TemporaryFolder("silo");
        Guid clusterId = await new FleetQueries(database.Source).ClusterIdAsync(cancel);
        await new EnrolStatement(database.Source).ExecuteAsync(Guid.NewGuid(), "box", SHA256.HashData(Encoding.UTF8.GetBytes(Credential)), cancel);
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddInMemoryCollection(
            [.. dispatch.Select(d => KeyValuePair.Create<string, string?>($"Dispatch:{d.Key}", d.Value)), new("Dispatch:PollEvery", "00:00:00.1"), new("Dispatch:HousekeepEvery", "00:00:00.2")]);
        builder.Logging.ClearProviders();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(5));
        builder.AddFleetmarkSilo(database.Source, clusterId, Path.Combine(folder.Path, "gateway.sock"));
        WebApplication silo = builder.Build();
        silo.MapFleetmarkGateway();
        await silo.StartAsync(cancel);
        return new SiloUnderTest(database, folder, silo, clusterId);
    }

    /// <summary>Dials as the agent's process <paramref name="process"/>; each dial has the next number.</summary>
    internal async Task<FakeAgent> DialAsync(Guid process, Action<Contracts.Fleet.Wire.Hello>? change = null, string credential = Credential)
    {
        FakeAgent agent = await FakeAgent.DialAsync(Socket, credential, process, ++_epoch, change);
        _agents.Add(agent);
        return agent;
    }

    /// <summary>Submits a run of one model on every CPU: one cell, of three jobs in effort quick.</summary>
    internal async Task<RunId> SubmitAsync(string key = "key", string model = "VGG11", string effort = "quick", bool sentinels = false, string latency = "devices: [cpu]")
    {
        CancellationToken cancel = TestContext.Current.CancellationToken;
        RunId id = await Runs.NextIdAsync(cancel);
        SubmitOutcome outcome = await Run(id).Submit(
            new SubmitRequest
            {
                IdempotencyKey = key,
                PlanSource = $"name: one\nmodels: [{model}]\nlatency: {{ {latency} }}\neffort: {effort}\ntables: [model-page]\n",
                PlanFile = "one.yaml",
                Artifacts = [Artifact(model)],
                Owner = "ann",
                Priority = 20,
                OrderSeed = 7,
                OfferedClassesOnly = true,
                Sentinels = sentinels ? [Artifact("SqueezeNet1_1") with { Sha256 = new string('c', 64) }, Artifact("VGG11") with { Sha256 = new string('d', 64) }] : [],
            },
            cancel);
        Assert.True(outcome.IsAccepted, string.Join('\n', outcome.Problems));
        return outcome.RunId.Value;
    }

    internal IRunGrain Run(RunId run) => _silo.Services.GetRequiredService<IGrainFactory>().GetGrain<IRunGrain>(run.Value);

    /// <summary>Waits until the run is in a state.</summary>
    internal Task BecomesAsync(RunId run, RunState state) => Eventually.Async(
        "the run goes on", async () => (await Runs.StatusAsync(run, TestContext.Current.CancellationToken)).State, seen => seen == state, FakeAgent.Patience);

    /// <summary>The first column of the first row.</summary>
    internal async Task<T> ScalarAsync<T>(string sql)
    {
        await using Npgsql.NpgsqlCommand command = _database.Source.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }

    internal Task StopAsync() => _silo.StopAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        foreach (FakeAgent agent in _agents) await agent.DisposeAsync();
        await _silo.StopAsync(CancellationToken.None);
        await _silo.DisposeAsync();
        await _database.DisposeAsync();
        _folder.Dispose();
    }

    private static PlanArtifact Artifact(string name) => new()
    {
        Name = name,
        Sha256 = new string('a', 64),
        SizeBytes = 1000,
        Opset = 17,
        Definition = $"model: {name}",
        Weights = "synthetic-v1",
        Crop = 224,
        ResizeShort = 256,
        Counts = new Dictionary<string, long>(StringComparer.Ordinal) { ["macs"] = 1 },
    };
}
