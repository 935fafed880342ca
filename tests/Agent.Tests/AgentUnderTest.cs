using System.Security.Cryptography;
using Fleetmark.Agent.Hosting;
using Fleetmark.Agent.Telemetry;
using Fleetmark.Contracts.Fleet.Wire;
using Fleetmark.Measurement.Efforts;
using Fleetmark.Measurement.Launches;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Fleetmark.Agent.Tests;

/// <summary>An agent in this process, with its own data folder and the fake worker as its only runtime. Disposing it stops it and looks what it left.</summary>
internal sealed class AgentUnderTest : IAsyncDisposable
{
    /// <summary>Name of the fake runtime.</summary>
    internal const string Flavour = "fake-1";

    private readonly IHost _host;
    private readonly TemporaryFolder _folder;
    private Task? _stopping;

    private AgentUnderTest(IHost host, TemporaryFolder folder, RecordedLog log)
    {
        _host = host;
        _folder = folder;
        Log = log;
    }

    /// <summary>What it logged.</summary>
    internal RecordedLog Log { get; }

    /// <summary>Starts it; it dials at once.</summary>
    /// <param name="folder">Holds everything of it.</param>
    /// <param name="socket">Where the gateway listens.</param>
    /// <param name="configure">Sets options.</param>
    /// <param name="hostRoot">Root of the kernel's files; by default that of this machine.</param>
    /// <param name="replace">Replaces parts of it.</param>
    internal static async Task<AgentUnderTest> StartAsync(
        TemporaryFolder folder, string socket, Action<AgentOptions>? configure = null, string hostRoot = "/", Action<IServiceCollection>? replace = null)
    {
        var log = new RecordedLog();
        var agent = new AgentUnderTest(Build(folder, socket, log, configure, hostRoot, replace), folder, log);
        await agent._host.StartAsync(TestContext.Current.CancellationToken);
        return agent;
    }

    internal static IHost Build(TemporaryFolder folder, string socket, RecordedLog log, Action<AgentOptions>? configure = null, string hostRoot = "/", Action<IServiceCollection>? replace = null)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Logging.SetMinimumLevel(LogLevel.Information).AddProvider(log);
        builder.Services.AddFleetmarkAgent(options =>
        {
            options.Gateway = "unix:" + socket;
            options.DataFolder = folder.At("agent");
            options.ModelsFolder = folder.At("models");
            options.LockFolder = folder.At("locks");
            options.BuiltInRuntimes = false;
            options.Calibrate = false;
            options.SelfCheck = false;
            options.DrainGrace = TimeSpan.Zero;
            var fake = new RuntimeOptions { Name = Flavour, Executable = FakeWorkerProgram.Path, BuildsModels = true };
            foreach ((string name, string value) in FakeWorkerProgram.Environment("measure")) fake.Environment[name] = value;
            options.Runtimes.Add(fake);
            configure?.Invoke(options);
        });
        builder.Services.AddSingleton(new HostFiles(hostRoot));
        replace?.Invoke(builder.Services);
        return builder.Build();
    }

    /// <summary>The fake worker as somebody else's runtime, <c>foreign-1</c>: it builds, converts and inspects nothing.</summary>
    internal static RuntimeOptions Foreign()
    {
        var runtime = new RuntimeOptions { Name = "foreign-1", Executable = FakeWorkerProgram.Path };
        foreach ((string name, string value) in FakeWorkerProgram.Environment("measure")) runtime.Environment[name] = value;
        return runtime;
    }

    /// <summary>An assignment of a model file that is in the cache.</summary>
    internal static Assign Assign(TemporaryFolder folder, string deviceUuid, long job = 7, int attempt = 1, string fake = "measure")
    {
        byte[] model = [1, 2, 3];
        string sha256 = Convert.ToHexStringLower(SHA256.HashData(model));
        string path = folder.At("models", "sha256", sha256[..2], sha256 + ".onnx");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        if (!File.Exists(path)) File.WriteAllBytes(path, model);
        return new Assign
        {
            ClusterId = FakeGateway.ClusterId,
            Attempt = new AttemptRef { JobId = job, Attempt = attempt },
            DeviceUuid = deviceUuid,
            LeaseRemainingMs = 60_000,
            Launch = new LaunchSpecification
            {
                ModelName = "Small",
                ModelSha256 = sha256,
                Precision = (int)Precision.Fp32,
                Scope = (int)Scope.EndToEnd,
                Batch = 2,
                Crop = 8,
                Provider = "cpu",
                Flavour = Flavour,
                Effort = (int)Effort.Quick,
                Seed = 1,
                Options = { { "fake", fake } },
            },
        };
    }

    /// <summary>A part of it.</summary>
    internal T Get<T>() where T : notnull => _host.Services.GetRequiredService<T>();

    internal Task StopAsync() => _stopping ??= _host.StopAsync(CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _host.Dispose();
        Assert.Empty(Directory.Exists(_folder.At("agent", "work")) ? Directory.EnumerateFileSystemEntries(_folder.At("agent", "work")) : []);
    }
}
