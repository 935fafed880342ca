namespace Fleetmark.Storage.Tokens;

/// <summary>A token as it can be shown: without its secret, which nobody has but who it was given to.</summary>
public sealed record IssuedToken
{
    /// <summary>Its name; unique among the valid ones.</summary>
    public required string Name { get; init; }

    /// <summary>What it opens.</summary>
    public required TokenKind Kind { get; init; }

    /// <summary>First characters of the secret, to tell one from another.</summary>
    public required string Prefix { get; init; }

    /// <summary>How often it can still be used; null for any number.</summary>
    public int? UsesLeft { get; init; }

    /// <summary>Who made it.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it ends; null for never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Whether that has come, by the database's clock.</summary>
    public required bool IsExpired { get; init; }

    /// <summary>When it was used last.</summary>
    public DateTimeOffset? LastUsedAt { get; init; }

    /// <summary>When it was taken back; null while it is valid.</summary>
    public DateTimeOffset? RevokedAt { get; init; }
}
