using System.Text;

namespace Fleetmark.Reporting.Tests.Tables;

/// <summary>An RFC 4180 reader that shares no code with the writer.</summary>
internal static class CsvReader
{
    internal static IReadOnlyList<IReadOnlyList<string>> Read(string csv)
    {
        var lines = new List<IReadOnlyList<string>>();
        var line = new List<string>();
        var field = new StringBuilder();
        bool quoted = false;
        for (int i = 0; i < csv.Length; i++)
        {
            char c = csv[i];
            if (quoted)
            {
                if (c != '"') field.Append(c);
                else if (i + 1 < csv.Length && csv[i + 1] == '"') field.Append(csv[++i]);
                else quoted = false;
            }
            else if (c == '"' && field.Length == 0) quoted = true;
            else if (c is ',' or '\n')
            {
                line.Add(field.ToString());
                field.Clear();
                if (c == ',') continue;
                lines.Add(line);
                line = [];
            }
            else if (c == '"') throw new FormatException($"a quote inside a plain field at {i}");
            else field.Append(c);
        }

        Assert.False(quoted);
        Assert.Empty(line);
        return lines;
    }
}
