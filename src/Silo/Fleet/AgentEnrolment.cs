using System.Security.Cryptography;
using Fleetmark.Contracts.Fleet.Wire;
using Fleetmark.Storage.Sessions;
using Fleetmark.Storage.Tokens;
using Grpc.Core;

namespace Fleetmark.Silo.Fleet;

/// <summary>Lets new agents in: a join token, which somebody who runs the fleet gave out, for a credential that only this agent has.</summary>
internal sealed partial class AgentEnrolment(JoinStatement join, FailedLogins logins, ILogger<AgentEnrolment> log)
{
    private const string CredentialPrefix = "fma_";
    private const int CredentialBytes = 32;
    private const int LongestText = 200;
    private const int KeyDigits = 8;

    /// <summary>Enrols the agent and tells it its credential.</summary>
    /// <exception cref="RpcException">It may not enrol; the status says why.</exception>
    internal async Task<EnrollReply> EnrolAsync(EnrollRequest request, string address, CancellationToken cancel)
    {
        logins.ThrowIfTooMany(address);
        if (!Guid.TryParse(request.AgentKey, out Guid key)) throw Refused(StatusCode.InvalidArgument, "agent_key is no UUID");
        if (new[] { request.Host, request.Name }.Any(text => text.Length > LongestText || text.Any(char.IsControl))) throw Refused(StatusCode.InvalidArgument, "a name is too long or holds control characters");
        string name = request.Name.Length > 0 ? request.Name : $"{request.Host}-{key.ToString("N")[..KeyDigits]}";
        string credential = CredentialPrefix + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(CredentialBytes));
        byte[]? old = request.Credential.Length > 0 ? TokenVerbs.Hash(request.Credential) : null;
        switch (await join.ExecuteAsync(TokenVerbs.Hash(request.Token), key, name, request.Host, TokenVerbs.Hash(credential), old, cancel))
        {
            case JoinOutcome.Joined:
                LogJoined(name, request.Host);
                return new EnrollReply { Credential = credential };
            case JoinOutcome.UnknownToken:
                logins.Failed(address);
                throw Refused(StatusCode.Unauthenticated, "the join token is not valid: unknown, used up, expired or taken back");
            case JoinOutcome.Revoked:
                throw Refused(StatusCode.FailedPrecondition, "this agent was shut out; `agent resume` lets it in again");
            case JoinOutcome.NameTaken:
                throw Refused(StatusCode.FailedPrecondition, $"another agent is called {name}; set Agent:Name");
            default:
                throw Refused(StatusCode.FailedPrecondition, "an agent of this key is alive; two agents must not share a data folder. It can enrol again after ten minutes of silence");
        }
    }

    private static RpcException Refused(StatusCode code, string why) => new(new Status(code, why));

    [LoggerMessage(3101, LogLevel.Information, "Agent {Agent} on {Host} has enrolled")]
    private partial void LogJoined(string agent, string host);
}
