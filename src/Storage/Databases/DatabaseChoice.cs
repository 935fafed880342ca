using Fleetmark.Documents;

namespace Fleetmark.Storage.Databases;

/// <summary>Which database a command uses: the first of <c>--database</c>, <c>FLEETMARK_DATABASE</c>, <c>FLEETMARK_DATABASE_FILE</c>, the private cluster.</summary>
public sealed record DatabaseChoice
{
    private DatabaseChoice()
    {
    }

    /// <summary>Completed connection string of a configured database; null for the private cluster.</summary>
    public string? ConnectionString { get; private init; }

    /// <summary>One line for people: which database, and why this one.</summary>
    public required string Explanation { get; init; }

    /// <summary>One line of advice, or null: a password on the command line is visible to every user of the machine.</summary>
    public string? Warning { get; private init; }

    /// <summary>True when no database is configured.</summary>
    public bool IsPrivate => ConnectionString is null;

    /// <summary>Chooses. A setting that is there but wrong is a problem, never a reason to look further.</summary>
    /// <param name="commandLine">Value of <c>--database</c>; null or empty when it was not given.</param>
    /// <param name="environment">Reads an environment variable.</param>
    /// <exception cref="ProblemException">The file cannot be read, or the text is no connection string.</exception>
    public static DatabaseChoice Decide(string? commandLine, Func<string, string?> environment)
    {
        ArgumentNullException.ThrowIfNull(environment);
        if (!string.IsNullOrEmpty(commandLine))
        {
            DatabaseChoice named = Configured(commandLine, "--database");
            return commandLine.Contains("password", StringComparison.OrdinalIgnoreCase)
                ? named with { Warning = "--database: a password on the command line is visible to other users; use FLEETMARK_DATABASE_FILE" }
                : named;
        }

        if (environment("FLEETMARK_DATABASE") is { Length: > 0 } text) return Configured(text, "FLEETMARK_DATABASE");
        if (environment("FLEETMARK_DATABASE_FILE") is { Length: > 0 } file) return Configured(Read(file), $"FLEETMARK_DATABASE_FILE ({file})");
        return new DatabaseChoice { Explanation = "database: private cluster (none of --database, FLEETMARK_DATABASE, FLEETMARK_DATABASE_FILE is set)" };
    }

    private static DatabaseChoice Configured(string text, string source)
    {
        string complete = DatabaseConnection.Complete(text, source);
        return new DatabaseChoice
        {
            ConnectionString = complete,
            Explanation = $"database: {DatabaseConnection.Describe(complete)} (from {source})",
        };
    }

    private static string Read(string file)
    {
        try
        {
            string text = File.ReadAllText(file).Trim();
            if (text.Length > 0) return text;
            throw new ProblemException(new Problem("database-file", $"FLEETMARK_DATABASE_FILE ({file})", "the file is empty", "write the connection string into it"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ProblemException(new Problem("database-file", $"FLEETMARK_DATABASE_FILE ({file})", $"the file cannot be read: {e.Message}"));
        }
    }
}
