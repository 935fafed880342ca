namespace Fleetmark.Reporting.Tables;

/// <summary>The first header level: neighbours with the same group share a cell.</summary>
internal static class ColumnGroups
{
    /// <summary>Group (null for none), its first column and its number of columns, from left to right.</summary>
    internal static IReadOnlyList<(string? Group, int First, int Length)> Of(IReadOnlyList<TableColumn> columns)
    {
        var groups = new List<(string? Group, int First, int Length)>();
        for (int i = 0; i < columns.Count; i++)
        {
            if (groups.Count > 0 && groups[^1].Group == columns[i].Group) groups[^1] = groups[^1] with { Length = groups[^1].Length + 1 };
            else groups.Add((columns[i].Group, i, 1));
        }

        return groups;
    }
}
