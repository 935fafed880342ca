using System.Text;
using Fleetmark.Agent.Files;
using Fleetmark.Contracts.Fleet.Wire;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Fleetmark.Agent.Link;

/// <summary>
/// The agent's credential: the configured one, the one it keeps, or, where it has none yet, one that it gets for a join token and keeps. Read at every dial, so that a renewed
/// one is used without a restart.
/// </summary>
internal sealed partial class Enrolment(IOptions<AgentOptions> options, ILogger<Enrolment> log)
{
    /// <summary>The credential; null when there is none and no token either.</summary>
    /// <param name="client">Where to enrol.</param>
    /// <param name="cancel">Ends the waiting.</param>
    /// <exception cref="Grpc.Core.RpcException">The gateway does not let the agent in.</exception>
    /// <exception cref="IOException">The token cannot be read, or the credential not be kept.</exception>
    internal async Task<string?> CredentialAsync(AgentGateway.AgentGatewayClient client, CancellationToken cancel)
    {
        if (options.Value.Credential is { } configured) return configured;
        string path = options.Value.CredentialPath();
        if (File.Exists(path)) return (await File.ReadAllTextAsync(path, cancel)).Trim();
        return options.Value.TokenFile is { } file ? await EnrolAsync(client, file, path, cancel) : null;
    }

    private async Task<string> EnrolAsync(AgentGateway.AgentGatewayClient client, string tokenFile, string path, CancellationToken cancel)
    {
        var request = new EnrollRequest
        {
            Token = (await File.ReadAllTextAsync(tokenFile, cancel)).Trim(),
            AgentKey = AgentKey.Of(options.Value.DataFolder).ToString(),
            Host = Environment.MachineName,
            Name = options.Value.Name ?? "",
        };
        string credential = (await client.EnrollAsync(request, cancellationToken: cancel)).Credential;
        DurableFile.Write(path, Encoding.UTF8.GetBytes(credential));
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        LogEnrolled(path);
        return credential;
    }

    [LoggerMessage(6200, LogLevel.Information, "This agent has enrolled; its credential is kept in {Path}")]
    private partial void LogEnrolled(string path);
}
