using Npgsql;

namespace Fleetmark.Storage.Tests;

/// <summary>What PostgreSQL's own tables say about schema <c>fleetmark</c>, as comparable lines.</summary>
internal static class Catalogue
{
    /// <summary>Everything that shapes the data: one list for each kind of thing. A unique constraint is compared as the index it is.</summary>
    private static readonly (string Kind, string Query)[] Queries =
    [
        ("table", """
            select relname, coalesce((select string_agg(o, ',' order by o) from unnest(reloptions) o), '') from pg_class
            where relnamespace = 'fleetmark'::regnamespace and relkind = 'r' and relname <> 'migration_history' order by 1
            """),
        ("column", """
            select c.relname, a.attname, format_type(a.atttypid, a.atttypmod), case when a.attnotnull then 'not null' else 'null' end,
              coalesce(pg_get_expr(d.adbin, d.adrelid), ''), a.attidentity, a.attgenerated, a.attstorage
            from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
              left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
            where c.relnamespace = 'fleetmark'::regnamespace and c.relkind = 'r' and c.relname <> 'migration_history' order by 1, 2
            """),
        ("constraint", """
            select conrelid::regclass, conname, pg_get_constraintdef(oid) from pg_constraint
            where connamespace = 'fleetmark'::regnamespace and contype <> 'u' and conrelid::regclass::text <> 'fleetmark.migration_history' order by 1, 2
            """),
        ("index", "select indexdef from pg_indexes where schemaname = 'fleetmark' and tablename <> 'migration_history' order by 1"),
        ("sequence", """
            select s.relname, q.data_type, q.start_value, q.increment_by, q.cache_size, coalesce(d.refobjid::regclass::text, 'free') from pg_class s
              join pg_sequences q on q.schemaname = 'fleetmark' and q.sequencename = s.relname
              left join pg_depend d on d.objid = s.oid and d.classid = 'pg_class'::regclass and d.deptype in ('a', 'i')
            where s.relnamespace = 'fleetmark'::regnamespace and s.relkind = 'S' order by 1
            """),
    ];

    /// <summary>All lines, each beginning with its kind.</summary>
    internal static async Task<IReadOnlyList<string>> ReadAsync(NpgsqlDataSource source, CancellationToken cancel)
    {
        var lines = new List<string>();
        foreach ((string kind, string query) in Queries) lines.AddRange((await RowsAsync(source, "set search_path = ''; " + query, cancel)).Select(l => $"{kind} {l}"));
        lines.Sort(StringComparer.Ordinal);
        return lines;
    }

    /// <summary>The rows of a query, their columns as text joined by bars.</summary>
    internal static async Task<IReadOnlyList<string>> RowsAsync(NpgsqlDataSource source, string query, CancellationToken cancel)
    {
        var rows = new List<string>();
        await using NpgsqlCommand command = source.CreateCommand(query);
        command.AllResultTypesAreUnknown = true;
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel))
            rows.Add(string.Join(" | ", Enumerable.Range(0, reader.FieldCount).Select(i => reader.IsDBNull(i) ? "null" : reader.GetString(i))));
        return rows;
    }
}
