namespace Fleetmark.Storage.Tokens;

/// <summary>A credential that was given out; of the secret itself only the hash. Table <c>api_token</c>.</summary>
internal sealed class ApiTokenRow
{
    public int TokenId { get; init; }

    public required string Name { get; init; }

    public TokenKind Kind { get; init; }

    public required byte[] TokenSha256 { get; init; }

    public required string Prefix { get; init; }

    public required string[] Scopes { get; init; }

    public required string Limits { get; init; }

    public int? UsesLeft { get; init; }

    public required string CreatedBy { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? ExpiresAt { get; init; }

    public DateTimeOffset? LastUsedAt { get; init; }

    public DateTimeOffset? RevokedAt { get; init; }
}
