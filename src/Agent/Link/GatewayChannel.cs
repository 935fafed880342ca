using System.Diagnostics;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Fleetmark.Agent.Jobs;
using Grpc.Net.Client;

namespace Fleetmark.Agent.Link;

/// <summary>The connection to a gateway: over TLS, over a Unix socket, or in plaintext where that is allowed.</summary>
internal static class GatewayChannel
{
    /// <summary>Most results that may be on their way at once.</summary>
    internal const int MostResults = 4;

    private static readonly TimeSpan PingEvery = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan PingTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(10);

    /// <summary>Opens it; nothing is dialled yet.</summary>
    internal static GrpcChannel Open(AgentOptions options)
    {
        if (!GatewayAddress.TryParse(options.Gateway, options.Insecure, out GatewayAddress? address, out string? problem)) throw new UnreachableException(problem);
        var handler = new SocketsHttpHandler { KeepAlivePingDelay = PingEvery, KeepAlivePingTimeout = PingTimeout, ConnectTimeout = ConnectTimeout };
        if (address.SocketPath is { } path) handler.ConnectCallback = (_, cancel) => ConnectAsync(path, cancel);
        if (options.CertificateAuthorityFile is { } authority) handler.SslOptions.CertificateChainPolicy = TrustOnly(authority);
        return GrpcChannel.ForAddress(address.Uri, new GrpcChannelOptions
        {
            HttpHandler = handler,
            DisposeHttpClient = true,
            ThrowOperationCanceledOnCancellation = true,
            MaxReceiveMessageSize = AttemptRunner.LargestResult * MostResults,
        });
    }

    private static X509ChainPolicy TrustOnly(string authorityFile)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.ImportFromPemFile(authorityFile);
        return policy;
    }

    private static async ValueTask<Stream> ConnectAsync(string path, CancellationToken cancel)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancel);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
