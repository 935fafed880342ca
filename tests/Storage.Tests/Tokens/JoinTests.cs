using Fleetmark.Fixtures;
using Fleetmark.Storage.Sessions;
using Fleetmark.Storage.Tokens;

namespace Fleetmark.Storage.Tests.Tokens;

/// <summary>Tokens, and the agents that join by them.</summary>
public sealed class JoinTests(TestCluster cluster) : DatabaseTests(cluster)
{
    private static readonly Guid Key = Guid.NewGuid();

    private TokenVerbs Tokens => new(Source);

    [Fact]
    public async Task A_token_lets_as_many_agents_in_as_it_says_and_is_stored_as_its_hash()
    {
        string token = await TokenAsync(uses: 2);
        Assert.StartsWith("fmj_", token, StringComparison.Ordinal);
        Assert.Equal(JoinOutcome.Joined, await JoinAsync(token, Guid.NewGuid(), "a"));
        Assert.Equal(JoinOutcome.Joined, await JoinAsync(token, Guid.NewGuid(), "b"));
        Assert.Equal(JoinOutcome.UnknownToken, await JoinAsync(token, Guid.NewGuid(), "c"));
        IssuedToken issued = Assert.Single(await Tokens.ListAsync(Cancel));
        Assert.Equal(("t", TokenKind.Join, token[..12], (int?)0, "ann", false), (issued.Name, issued.Kind, issued.Prefix, issued.UsesLeft, issued.CreatedBy, issued.IsExpired));
        Assert.NotNull(issued.LastUsedAt);
        Assert.Equal(0L, await CountAsync($"select count(*) from fleetmark.api_token t where t::text like '%{token[12..]}%'"));
    }

    [Fact]
    public async Task Of_two_agents_with_the_last_use_one_gets_in()
    {
        string token = await TokenAsync();
        JoinOutcome[] outcomes = await Task.WhenAll(JoinAsync(token, Guid.NewGuid(), "a"), JoinAsync(token, Guid.NewGuid(), "b"));
        Assert.Equal([JoinOutcome.Joined, JoinOutcome.UnknownToken], outcomes.Order());
        Assert.Equal(1L, await CountAsync("select count(*) from fleetmark.agent"));
    }

    [Theory]
    [InlineData("update fleetmark.api_token set expires_at = now() - interval '1 second'")]
    [InlineData("update fleetmark.api_token set revoked_at = now()")]
    [InlineData("update fleetmark.api_token set token_sha256 = sha256('other')")]
    public async Task A_token_that_is_over_lets_nobody_in(string spoil)
    {
        string token = await TokenAsync();
        await ExecuteAsync(spoil);
        Assert.Equal(JoinOutcome.UnknownToken, await JoinAsync(token, Key, "a"));
        Assert.Equal(0L, await CountAsync("select count(*) from fleetmark.agent"));
    }

    [Fact]
    public async Task A_living_agent_cannot_be_replaced_but_by_itself_or_after_silence()
    {
        string token = await TokenAsync(uses: 9);
        Assert.Equal(JoinOutcome.Joined, await JoinAsync(token, Key, "a", "first"));
        await ExecuteAsync("update fleetmark.agent set last_seen_at = now() - interval '9 minutes'");
        Assert.Equal(JoinOutcome.Alive, await JoinAsync(token, Key, "a", "thief"));
        Assert.Equal(JoinOutcome.Alive, await JoinAsync(token, Key, "a", "thief", old: "wrong"));
        Assert.Equal(JoinOutcome.Joined, await JoinAsync(token, Key, "a", "second", old: "first"));
        await ExecuteAsync("update fleetmark.agent set last_seen_at = now() - interval '11 minutes'");
        Assert.Equal(JoinOutcome.Joined, await JoinAsync(token, Key, "a", "third"));
        await ExecuteAsync("update fleetmark.agent set revoked_at = now()");
        Assert.Equal(JoinOutcome.Revoked, await JoinAsync(token, Key, "a", "fourth", old: "third"));
        Assert.Equal(1L, await CountAsync("select count(*) from fleetmark.agent"));
        // A refusal costs no use.
        Assert.Equal(6, Assert.Single(await Tokens.ListAsync(Cancel)).UsesLeft);
        Assert.Equal(1L, await CountAsync("select count(*) from fleetmark.audit where action = 'agent-enrolled' and actor = 'token t' and object = 'agent a'"));
        Assert.Equal(2L, await CountAsync("select count(*) from fleetmark.audit where action = 'agent-enrolled-again'"));
    }

    [Fact]
    public async Task Two_agents_cannot_have_one_name()
    {
        string token = await TokenAsync(uses: 9);
        Assert.Equal(JoinOutcome.Joined, await JoinAsync(token, Guid.NewGuid(), "a"));
        Assert.Equal(JoinOutcome.NameTaken, await JoinAsync(token, Guid.NewGuid(), "a"));
    }

    [Fact]
    public async Task A_name_is_free_again_after_its_token_was_taken_back()
    {
        await TokenAsync();
        Assert.Null(await Tokens.CreateJoinAsync("t", 1, TimeSpan.FromHours(1), "ann", Cancel));
        Assert.True(await Tokens.RevokeAsync("t", "bob", Cancel));
        Assert.False(await Tokens.RevokeAsync("t", "bob", Cancel));
        Assert.NotNull(await Tokens.CreateJoinAsync("t", 1, TimeSpan.FromHours(1), "ann", Cancel));
        Assert.Equal([false, true], (await Tokens.ListAsync(Cancel)).Select(token => token.RevokedAt is not null));
        Assert.Equal(3L, await CountAsync("select count(*) from fleetmark.audit where object = 'token t'"));
    }

    private async Task<string> TokenAsync(int uses = 1) => (await Tokens.CreateJoinAsync("t", uses, TimeSpan.FromHours(1), "ann", Cancel))!.Value.Secret;

    private Task<JoinOutcome> JoinAsync(string token, Guid key, string name, string credential = "c", string? old = null) => new JoinStatement(Source).ExecuteAsync(
        TokenVerbs.Hash(token), key, name, "host", TokenVerbs.Hash($"{key}{credential}"), old is null ? null : TokenVerbs.Hash($"{key}{old}"), Cancel);

    private Task<long> CountAsync(string sql) => ScalarAsync<long>(sql);
}
