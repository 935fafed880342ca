using System.Reflection;
using Npgsql;

namespace Fleetmark.Storage;

/// <summary>The hand-written statements: one embedded file each, beside the class that binds it.</summary>
internal static class SqlText
{
    /// <summary>Ending of what holds many statements and is applied as a whole.</summary>
    private const string ScriptEnding = ".script.sql";

    /// <summary>Every statement, by its path in this project, such as <c>Jobs/lease.sql</c>.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        .. Assembly.GetExecutingAssembly().GetManifestResourceNames()
            .Where(n => n.EndsWith(".sql", StringComparison.Ordinal) && !n.EndsWith(ScriptEnding, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>The text of a statement or a script.</summary>
    public static string Read(string name)
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)
            ?? throw new ArgumentException($"no statement is called {name}", nameof(name));
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    /// <summary>A statement with its parameters in order.</summary>
    public static NpgsqlBatchCommand Command(string sql, params ReadOnlySpan<NpgsqlParameter> parameters)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (NpgsqlParameter parameter in parameters) command.Parameters.Add(parameter);
        return command;
    }
}
