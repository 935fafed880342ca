using System.Net;
using System.Net.Sockets;
using Fleetmark.Contracts.Fleet;
using Fleetmark.Silo.Fleet;
using Fleetmark.Silo.Jobs;
using Fleetmark.Silo.Regressions;
using Fleetmark.Silo.Runs;
using Fleetmark.Silo.Sessions;
using Fleetmark.Storage.Fleet;
using Fleetmark.Storage.Jobs;
using Fleetmark.Storage.Regressions;
using Fleetmark.Storage.Results;
using Fleetmark.Storage.Runs;
using Fleetmark.Storage.Sessions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Fleetmark.Silo;

/// <summary>Puts a silo together: Orleans with its grains, the agent gateway, the loops. The host decides about logging and configuration.</summary>
public static class SiloHosting
{
    /// <summary>Never changes: reminders hang on it.</summary>
    internal const string ServiceId = "fleetmark";

    /// <summary>Largest message an agent may send: a result of 1 MiB with its envelope.</summary>
    private const int MessageLimit = 2 << 20;

    /// <summary>An agent that is gone without a word is noticed by these.</summary>
    private static readonly TimeSpan PingEvery = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan PingTimeout = TimeSpan.FromSeconds(10);

    /// <summary>Adds a silo that is alone to a web host that serves the gateway on a Unix socket.</summary>
    /// <param name="builder">The host.</param>
    /// <param name="database">The database, migrated; the caller disposes it after the host.</param>
    /// <param name="clusterId">Identity of that database.</param>
    /// <param name="gatewaySocket">Path of the socket agents dial; at most 107 bytes. Its folder keeps others out.</param>
    public static void AddFleetmarkSilo(this WebApplicationBuilder builder, NpgsqlDataSource database, Guid clusterId, string gatewaySocket)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Host.UseOrleans(silo => silo.UseLocalhostClustering(FreePort(), gatewayPort: 0, serviceId: ServiceId, clusterId: "embedded"));
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.ListenUnixSocket(gatewaySocket, listen => listen.Protocols = HttpProtocols.Http2);
            kestrel.KeepAgentsAlive();
        });
        builder.AddSiloServices(database, clusterId);
    }

    /// <summary>Notices agents that went without a word.</summary>
    internal static void KeepAgentsAlive(this KestrelServerOptions kestrel)
    {
        kestrel.Limits.Http2.KeepAlivePingDelay = PingEvery;
        kestrel.Limits.Http2.KeepAlivePingTimeout = PingTimeout;
    }

    /// <summary>What every silo is made of, wherever it listens and whoever its neighbours are.</summary>
    internal static void AddSiloServices(this WebApplicationBuilder builder, NpgsqlDataSource database, Guid clusterId)
    {
        builder.Services.AddGrpc(grpc => grpc.MaxReceiveMessageSize = MessageLimit);
        builder.Services.AddOptions<DispatchOptions>().BindConfiguration("Dispatch", b => b.ErrorOnUnknownConfiguration = true).ValidateDataAnnotations()
            .Validate(o => o.LeaseTime >= 3 * o.RenewEvery, "Dispatch: LeaseTime must be at least 3 × RenewEvery").ValidateOnStart();
        builder.Services.AddSingleton(p => p.GetRequiredService<Microsoft.Extensions.Options.IOptions<DispatchOptions>>().Value);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(Random.Shared);
        builder.Services.AddSingleton(new ClusterIdentity(clusterId));
        builder.Services.AddFleetmarkStorage(database);
        builder.Services.AddDispatch();
    }

    /// <summary>Opens the gateway.</summary>
    public static void MapFleetmarkGateway(this WebApplication host) => host.MapGrpcService<AgentGateway>();

    private static void AddDispatch(this IServiceCollection services)
    {
        services.AddSingleton<SessionTable>();
        services.AddSingleton<FailedLogins>();
        services.AddSingleton<AgentEnrolment>();
        services.AddSingleton<AgentRegistration>();
        services.AddSingleton<SessionMessages>();
        services.AddSingleton<IGatewayObserver, GatewayObserver>();
        services.AddSingleton<RunHints>();
        services.AddSingleton<JobReturn>();
        services.AddSingleton<FailedAttempts>();
        services.AddSingleton<LaunchBudget>();
        services.AddSingleton<FurtherLaunches>();
        services.AddSingleton<PlanSubmission>();
        services.AddSingleton<CellProjecting>();
        services.AddSingleton<SentinelPairing>();
        services.AddSingleton<ResultWriter>();
        services.AddHostedService(p => p.GetRequiredService<ResultWriter>());
        services.AddHostedService<SessionFarewell>();
        services.AddHostedService<ReadyReportLoop>();
        services.AddHostedService<LeaseKeeper>();
        services.AddHostedService<Housekeeping>();
    }

    private static void AddFleetmarkStorage(this IServiceCollection services, NpgsqlDataSource database)
    {
        services.AddSingleton(database);
        services.AddSingleton<SubmitStatement>();
        services.AddSingleton<RunVerbs>();
        services.AddSingleton<RunQueries>();
        services.AddSingleton<JobQueries>();
        services.AddSingleton<FleetQueries>();
        services.AddSingleton<CellProjections>();
        services.AddSingleton<SentinelPairs>();
        services.AddSingleton<LeaseStatement>();
        services.AddSingleton<RenewStatement>();
        services.AddSingleton<CompleteStatement>();
        services.AddSingleton<FailStatement>();
        services.AddSingleton<ReapStatement>();
        services.AddSingleton<WithdrawStatement>();
        services.AddSingleton<AddLaunchesStatement>();
        services.AddSingleton<JoinStatement>();
        services.AddSingleton<RegisterStatement>();
    }

    /// <summary>A loopback port nobody listens on; Orleans wants a number even where nobody dials.</summary>
    private static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
