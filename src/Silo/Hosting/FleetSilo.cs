using System.Security.Cryptography.X509Certificates;
using Fleetmark.Documents;
using Fleetmark.Silo.Health;
using Fleetmark.Storage.Clusters;
using Fleetmark.Storage.Databases;
using Fleetmark.Storage.Fleet;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Fleetmark.Silo.Hosting;

/// <summary>A silo of a fleet as a process of its own: joins the others by the database, lets agents in over TCP, answers probes.</summary>
public static class FleetSilo
{
    private static readonly TimeSpan ShutDownWithin = TimeSpan.FromSeconds(120);

    /// <summary>Runs until SIGTERM or Ctrl-C.</summary>
    /// <param name="args">Settings such as <c>--Silo:SiloPort=11112</c>; they win over <c>appsettings.json</c> and environment variables.</param>
    /// <param name="databaseText">Connection string from the command line; null for that of the environment.</param>
    /// <exception cref="ProblemException">A setting is wrong, or the database cannot be used.</exception>
    public static async Task RunAsync(string[] args, string? databaseText)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(args);
        SiloOptions options = Read(builder.Configuration);
        DatabaseChoice choice = DatabaseChoice.Decide(databaseText, Environment.GetEnvironmentVariable);
        if (choice.IsPrivate)
            throw new ProblemException(new Problem("silo-database", "host silo", "a silo of a fleet needs a database that the others use too", "set FLEETMARK_DATABASE or FLEETMARK_DATABASE_FILE"));
        await using DatabaseSession database = await DatabaseSession.OpenAsync(
            choice, ClusterSettings.FromEnvironment(Environment.GetEnvironmentVariable), TimeProvider.System, CancellationToken.None);
        Guid clusterId = await new FleetQueries(database.Source).ClusterIdAsync(CancellationToken.None);
        await using WebApplication silo = Build(builder, options, database, clusterId);
        await silo.RunAsync();
    }

    internal static WebApplication Build(WebApplicationBuilder builder, SiloOptions options, DatabaseSession database, Guid clusterId)
    {
        ListenAddress gateway = ListenAddress.Parse(options.Gateway), management = ListenAddress.Parse(options.Management);
        builder.Host.UseOrleans(silo => silo.UseFleet(options, database.ConnectionString));
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            Listen(kestrel, gateway, options);
            kestrel.Listen(management.Endpoint!, listen => listen.Protocols = HttpProtocols.Http1);
            kestrel.KeepAgentsAlive();
        });
        builder.AddSiloServices(database.Source, clusterId);
        builder.Services.AddHealthProbes();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = ShutDownWithin);
        WebApplication silo = builder.Build();
        silo.MapFleetmarkGateway();
        silo.MapHealthProbes(management.Endpoint!.Port);
        return silo;
    }

    private static SiloOptions Read(ConfigurationManager configuration)
    {
        try
        {
            var options = new SiloOptions();
            configuration.GetSection(SiloOptions.Section).Bind(options, binder => binder.ErrorOnUnknownConfiguration = true);
            string[] failures = [.. new IValidateOptions<SiloOptions>[] { new SiloOptionsAttributes(), new SiloOptionsChecks() }
                .Select(check => check.Validate(null, options)).SelectMany(result => result.Failures ?? [])];
            return failures.Length == 0 ? options : throw new ProblemException([.. failures.Select(failure => SettingProblem.Of(SiloOptions.Section, failure))]);
        }
        catch (InvalidOperationException e) when (e.Source == "Microsoft.Extensions.Configuration.Binder")
        {
            throw new ProblemException(SettingProblem.Of(SiloOptions.Section, e.Message));
        }
    }

    private static void Listen(KestrelServerOptions kestrel, ListenAddress gateway, SiloOptions options)
    {
        if (gateway.SocketPath is { } path)
        {
            kestrel.ListenUnixSocket(path, listen => listen.Protocols = HttpProtocols.Http2);
            return;
        }

        kestrel.Listen(gateway.Endpoint!, listen =>
        {
            listen.Protocols = HttpProtocols.Http2;
            if (gateway.IsEncrypted) listen.UseHttps(X509Certificate2.CreateFromPemFile(options.CertificateFile!, options.CertificateKeyFile));
        });
    }
}
