using System.Security.Cryptography;
using System.Text;
using Npgsql;
using NpgsqlTypes;

namespace Fleetmark.Storage.Tokens;

/// <summary>Gives tokens out, lists them and takes them back. A secret is told once and stored as its hash.</summary>
public sealed class TokenVerbs(NpgsqlDataSource database)
{
    private const string JoinPrefix = "fmj_";
    private const string JoinScope = "enroll";
    private const int SecretBytes = 32;
    private const int ShownLetters = 12;

    private static readonly string Create = SqlText.Read("Tokens/create-token.sql");
    private static readonly string Revoke = SqlText.Read("Tokens/revoke-token.sql");
    private static readonly string List = SqlText.Read("Tokens/list-tokens.sql");

    /// <summary>Makes a join token.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="uses">How many agents may enrol with it; at least 1.</param>
    /// <param name="life">How long it is valid.</param>
    /// <param name="actor">Who asks, for the audit.</param>
    /// <param name="cancel">Ends the waiting.</param>
    /// <returns>The secret and its end; null when a valid token has this name.</returns>
    public async Task<(string Secret, DateTimeOffset ExpiresAt)?> CreateJoinAsync(string name, int uses, TimeSpan life, string actor, CancellationToken cancel)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(uses, 1);
        string secret = JoinPrefix + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(SecretBytes));
        await using NpgsqlCommand command = database.CreateCommand(Create);
        command.Parameters.Add(new() { Value = name });
        command.Parameters.Add(new() { Value = (short)TokenKind.Join });
        command.Parameters.Add(new() { Value = Hash(secret) });
        command.Parameters.Add(new() { Value = secret[..ShownLetters] });
        command.Parameters.Add(new() { Value = new[] { JoinScope } });
        command.Parameters.Add(new() { Value = uses });
        command.Parameters.Add(new() { Value = life, NpgsqlDbType = NpgsqlDbType.Interval });
        command.Parameters.Add(new() { Value = actor });
        IReadOnlyList<DateTimeOffset> ends = await command.ReadAllAsync(row => row.GetFieldValue<DateTimeOffset>(0), cancel);
        return ends.Count == 0 ? null : (secret, ends[0]);
    }

    /// <summary>Takes a token back.</summary>
    /// <returns>False when no valid token has this name.</returns>
    public async Task<bool> RevokeAsync(string name, string actor, CancellationToken cancel)
    {
        await using NpgsqlCommand command = database.CreateCommand(Revoke);
        command.Parameters.Add(new() { Value = name });
        command.Parameters.Add(new() { Value = actor });
        return (int)(await command.ExecuteScalarAsync(cancel))! > 0;
    }

    /// <summary>The tokens, newest first.</summary>
    public async Task<IReadOnlyList<IssuedToken>> ListAsync(CancellationToken cancel)
    {
        await using NpgsqlCommand command = database.CreateCommand(List);
        return await command.ReadAllAsync(
            row => new IssuedToken
            {
                Name = row.GetString(0),
                Kind = (TokenKind)row.GetInt16(1),
                Prefix = row.GetString(2),
                UsesLeft = row.Nullable<int?>(3),
                CreatedBy = row.GetString(4),
                CreatedAt = row.GetFieldValue<DateTimeOffset>(5),
                ExpiresAt = row.Nullable<DateTimeOffset?>(6),
                LastUsedAt = row.Nullable<DateTimeOffset?>(7),
                RevokedAt = row.Nullable<DateTimeOffset?>(8),
                IsExpired = row.GetBoolean(9),
            },
            cancel);
    }

    /// <summary>What is stored of a secret.</summary>
    public static byte[] Hash(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));
}
