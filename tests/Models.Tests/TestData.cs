namespace Fleetmark.Models.Tests;

/// <summary>Files of the Data folder, compiled into the test assembly.</summary>
internal static class TestData
{
    internal static string Text(string name)
    {
        using Stream stream = typeof(TestData).Assembly.GetManifestResourceStream($"Data/{name}") ?? throw new FileNotFoundException(name);
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    /// <summary>Rows of a comma-separated file without quotes, by column name.</summary>
    internal static IReadOnlyList<IReadOnlyDictionary<string, string>> Rows(string name)
    {
        string[] lines = Text(name).ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        string[] columns = lines[0].Split(',');
        return [.. lines[1..].Select(line => line.Split(',').Zip(columns).ToDictionary(cell => cell.Second, cell => cell.First, StringComparer.Ordinal))];
    }
}
