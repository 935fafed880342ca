namespace Fleetmark.Reporting.Tests.Tables;

/// <summary>The published tables of the model page as text, one CSV each: <c>accuracy</c>, <c>v100</c>, <c>t4</c>.</summary>
internal sealed class PublishedTable
{
    private PublishedTable(string text)
    {
        Text = text;
        string[][] lines = [.. text.TrimEnd('\n').Split('\n').Select(l => l.Split(','))];
        Header = lines[0];
        Rows = lines[1..];
    }

    internal static PublishedTable Accuracy { get; } = Read("accuracy");

    internal static PublishedTable V100 { get; } = Read("v100");

    internal static PublishedTable T4 { get; } = Read("t4");

    internal string Text { get; }

    internal string[] Header { get; }

    internal string[][] Rows { get; }

    internal string At(string model, string column) => Rows.Single(r => r[0] == model)[Array.IndexOf(Header, column)];

    private static PublishedTable Read(string name)
    {
        using var reader = new StreamReader(typeof(PublishedTable).Assembly.GetManifestResourceStream($"{name}.csv")!);
        return new PublishedTable(reader.ReadToEnd().ReplaceLineEndings("\n"));
    }
}
