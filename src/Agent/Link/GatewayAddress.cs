using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Fleetmark.Agent.Link;

/// <summary>Where the gateway listens.</summary>
/// <param name="Uri">What gRPC dials; of a Unix socket a stand-in.</param>
/// <param name="SocketPath">Path of the Unix socket; null over TCP.</param>
internal sealed record GatewayAddress(Uri Uri, string? SocketPath)
{
    private const string SocketScheme = "unix:";
    private const int LongestSocketPath = 107;

    /// <summary>Reads an address, or says what is wrong with it.</summary>
    /// <param name="text"><c>unix:/path</c>, <c>https://…</c> or <c>http://…</c>.</param>
    /// <param name="isPlaintextAllowed">Whether <c>http</c> may leave the machine.</param>
    /// <param name="address">The address.</param>
    /// <param name="problem">What is wrong.</param>
    internal static bool TryParse(
        string text, bool isPlaintextAllowed, [NotNullWhen(true)] out GatewayAddress? address, [NotNullWhen(false)] out string? problem)
    {
        address = null;
        if (text.StartsWith(SocketScheme, StringComparison.Ordinal))
        {
            string path = text[SocketScheme.Length..];
            problem = !path.StartsWith('/') ? "the path of a Unix socket is absolute: unix:/path/to/socket"
                : Encoding.UTF8.GetByteCount(path) > LongestSocketPath ? $"the path of a Unix socket has at most {LongestSocketPath} bytes"
                : null;
            if (problem is null) address = new GatewayAddress(new Uri("http://localhost"), path);
            return address is not null;
        }

        problem = !Uri.TryCreate(text, UriKind.Absolute, out Uri? uri) || uri.Scheme is not ("http" or "https") ? "an address is https://host:port, http://host:port or unix:/path"
            : uri.Scheme == "http" && !uri.IsLoopback && !isPlaintextAllowed ? "plaintext leaves this machine; use https, or set Agent:Insecure"
            : null;
        if (problem is null) address = new GatewayAddress(uri!, null);
        return address is not null;
    }
}
