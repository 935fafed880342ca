using Fleetmark.Documents;
using Fleetmark.Fixtures;
using Fleetmark.Storage.Databases;

namespace Fleetmark.Storage.Tests.Databases;

public sealed class DatabaseChoiceTests
{
    private const string Named = "Host=one.example;Database=a;Username=u";

    private static Func<string, string?> Environment(params (string Name, string Value)[] variables) =>
        name => variables.Where(v => v.Name == name).Select(v => v.Value).FirstOrDefault();

    [Fact]
    public void Command_line_wins_over_the_environment()
    {
        DatabaseChoice choice = DatabaseChoice.Decide(Named, Environment(("FLEETMARK_DATABASE", "Host=two.example"), ("FLEETMARK_DATABASE_FILE", "/nowhere")));
        Assert.Equal("database: one.example:5432 (from --database)", choice.Explanation);
        Assert.Null(choice.Warning);
        Assert.False(choice.IsPrivate);
    }

    [Fact]
    public void Environment_wins_over_the_file()
    {
        DatabaseChoice choice = DatabaseChoice.Decide(null, Environment(("FLEETMARK_DATABASE", "Host=two.example;Port=6000"), ("FLEETMARK_DATABASE_FILE", "/nowhere")));
        Assert.Equal("database: two.example:6000 (from FLEETMARK_DATABASE)", choice.Explanation);
    }

    [Fact]
    public async Task File_wins_over_the_private_cluster()
    {
        using var folder = new TemporaryFolder("choice");
        string file = Path.Combine(folder.Path, "database");
        await File.WriteAllTextAsync(file, "Host=three.example\n", TestContext.Current.CancellationToken);
        Assert.Equal($"database: three.example:5432 (from FLEETMARK_DATABASE_FILE ({file}))", DatabaseChoice.Decide("", Environment(("FLEETMARK_DATABASE_FILE", file))).Explanation);
    }

    [Fact]
    public void Nothing_configured_is_the_private_cluster()
    {
        DatabaseChoice choice = DatabaseChoice.Decide(null, Environment());
        Assert.True(choice.IsPrivate);
        Assert.Contains("private cluster", choice.Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public void Unreadable_file_is_an_error_and_not_the_private_cluster()
    {
        ProblemException failure = Assert.Throws<ProblemException>(() => DatabaseChoice.Decide(null, Environment(("FLEETMARK_DATABASE_FILE", "/nowhere/database"))));
        Assert.Equal("database-file", Assert.Single(failure.Problems).Code);
    }

    [Theory]
    [InlineData("Hots=one.example;Password=geheim")]
    [InlineData("Database=a;Password=geheim")]
    [InlineData("geheim")]
    public void A_wrong_text_is_named_but_never_repeated(string text)
    {
        ProblemException failure = Assert.Throws<ProblemException>(() => DatabaseChoice.Decide(text, Environment()));
        string line = Assert.Single(failure.Problems).ToString();
        Assert.StartsWith("--database: ", line, StringComparison.Ordinal);
        Assert.DoesNotContain("geheim", line, StringComparison.Ordinal);
    }

    [Fact]
    public void A_password_on_the_command_line_gets_a_warning() =>
        Assert.Contains("FLEETMARK_DATABASE_FILE", DatabaseChoice.Decide(Named + ";Password=x", Environment()).Warning, StringComparison.Ordinal);
}
