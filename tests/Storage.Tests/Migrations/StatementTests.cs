using Fleetmark.Fixtures;
using Npgsql;

namespace Fleetmark.Storage.Tests.Migrations;

public sealed class StatementTests(TestCluster cluster) : DatabaseTests(cluster)
{
    [Fact]
    public async Task Every_statement_prepares_against_the_migrated_schema()
    {
        Assert.NotEmpty(SqlText.Names);
        var failures = new List<string>();
        foreach (string name in SqlText.Names)
        {
            try
            {
                await ExecuteAsync($"prepare statement as {SqlText.Read(name)}");
            }
            catch (PostgresException e)
            {
                failures.Add($"{name}: {e.MessageText}");
            }
        }

        Assert.Empty(failures);
    }

    [Fact]
    public async Task A_statement_that_does_not_fit_the_schema_would_be_noticed() =>
        await Assert.ThrowsAsync<PostgresException>(() => ExecuteAsync("prepare statement as select no_such_column from fleetmark.job"));
}
