using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Text;

namespace Fleetmark.Silo.Hosting;

/// <summary>Where a server listens.</summary>
/// <param name="Endpoint">IP address and port; null for a Unix socket.</param>
/// <param name="SocketPath">Path of the Unix socket; null over TCP.</param>
/// <param name="IsEncrypted">True for TLS.</param>
internal sealed record ListenAddress(IPEndPoint? Endpoint, string? SocketPath, bool IsEncrypted)
{
    private const string SocketScheme = "unix:";
    private const int LongestSocketPath = 107;

    /// <summary>True when nobody outside this machine can dial it.</summary>
    internal bool IsLocal => Endpoint is null || IPAddress.IsLoopback(Endpoint.Address);

    /// <summary>Reads an address, or says what is wrong with it.</summary>
    internal static bool TryParse(string text, [NotNullWhen(true)] out ListenAddress? address, [NotNullWhen(false)] out string? problem)
    {
        (address, problem) = text.StartsWith(SocketScheme, StringComparison.Ordinal) ? Socket(text[SocketScheme.Length..]) : Tcp(text);
        return address is not null;
    }

    /// <summary>Reads an address that was checked before.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    internal static ListenAddress Parse(string text) => TryParse(text, out ListenAddress? address, out string? problem) ? address : throw new FormatException(problem);

    private static (ListenAddress? Address, string? Problem) Socket(string path) =>
        !path.StartsWith('/') ? (null, "the path of a Unix socket is absolute: unix:/path/to/socket")
        : Encoding.UTF8.GetByteCount(path) > LongestSocketPath ? (null, $"the path of a Unix socket has at most {LongestSocketPath} bytes")
        : (new ListenAddress(null, path, false), null);

    private static (ListenAddress? Address, string? Problem) Tcp(string text)
    {
        const string Form = "an address is http://IP:PORT, https://IP:PORT or unix:/path";
        string[] parts = text.Split("://", 2);
        if (parts is not [("http" or "https") and var scheme, var place]) return (null, Form);
        // IPEndPoint reads "10.0.0.1" as an address without a port.
        return IPEndPoint.TryParse(place, out IPEndPoint? endpoint) && place.EndsWith(string.Create(CultureInfo.InvariantCulture, $":{endpoint.Port}"), StringComparison.Ordinal)
            ? (new ListenAddress(endpoint, null, scheme == "https"), null)
            : (null, $"'{place}' is no IP address with a port; {Form}");
    }
}
