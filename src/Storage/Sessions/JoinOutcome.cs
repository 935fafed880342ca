namespace Fleetmark.Storage.Sessions;

/// <summary>What became of an agent's wish to join.</summary>
public enum JoinOutcome
{
    /// <summary>It is in.</summary>
    Joined,

    /// <summary>The token is unknown, used up, expired or taken back.</summary>
    UnknownToken,

    /// <summary>The agent of this key was shut out.</summary>
    Revoked,

    /// <summary>The agent of this key was seen within ten minutes, and the credential is not its own.</summary>
    Alive,

    /// <summary>Another agent has the name.</summary>
    NameTaken,
}
