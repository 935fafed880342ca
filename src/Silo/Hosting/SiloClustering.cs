using System.Globalization;
using System.Net;
using Fleetmark.Storage.Membership;
using Orleans.Configuration;

namespace Fleetmark.Silo.Hosting;

/// <summary>How the silos of a fleet find each other: by a table of PostgreSQL, with patience that loses a dead silo in seconds and keeps a slow one.</summary>
internal static class SiloClustering
{
    private const int MissedProbes = 3;
    private const int Votes = 2;
    private static readonly TimeSpan ReadTable = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan SayAlive = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan KeepDead = TimeSpan.FromDays(1);

    /// <summary>Longest call between grains; the patience of whoever waits for one builds on it.</summary>
    private static readonly TimeSpan ResponseTimeout = TimeSpan.FromSeconds(10);

    /// <summary>Sets the silo up for its cluster.</summary>
    /// <param name="silo">The silo.</param>
    /// <param name="options">Its place.</param>
    /// <param name="connectionString">Its database.</param>
    internal static void UseFleet(this ISiloBuilder silo, SiloOptions options, string connectionString)
    {
        silo.UseAdoNetClustering(clustering =>
        {
            clustering.Invariant = "Npgsql";
            clustering.ConnectionString = OrleansScript.ConnectionString(connectionString);
        });
        silo.Configure<ClusterOptions>(cluster => (cluster.ServiceId, cluster.ClusterId) = (SiloHosting.ServiceId, options.ClusterId));
        silo.Configure<Orleans.Configuration.SiloOptions>(named => named.SiloName = options.Name ?? string.Create(CultureInfo.InvariantCulture, $"{Environment.MachineName}-{options.SiloPort}"));
        silo.Configure<EndpointOptions>(endpoints =>
        {
            endpoints.AdvertisedIPAddress = IPAddress.Parse(options.Address);
            (endpoints.SiloPort, endpoints.GatewayPort) = (options.SiloPort, options.ClientPort);
            endpoints.SiloListeningEndpoint = new IPEndPoint(endpoints.AdvertisedIPAddress, options.SiloPort);
            endpoints.GatewayListeningEndpoint = new IPEndPoint(endpoints.AdvertisedIPAddress, options.ClientPort);
        });
        silo.Configure<ClusterMembershipOptions>(membership =>
        {
            membership.ProbeTimeout = options.ProbeTimeout;
            (membership.NumMissedProbesLimit, membership.NumVotesForDeathDeclaration) = (MissedProbes, Votes);
            (membership.TableRefreshTimeout, membership.IAmAliveTablePublishTimeout) = (ReadTable, SayAlive);
            membership.DefunctSiloExpiration = KeepDead;
        });
        silo.Configure<SiloMessagingOptions>(messages => messages.ResponseTimeout = ResponseTimeout);
        silo.Configure<ClientMessagingOptions>(messages => messages.ResponseTimeout = ResponseTimeout);
    }
}
