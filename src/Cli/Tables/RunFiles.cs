using Fleetmark.Cli.Databases;
using Fleetmark.Contracts.Tables;
using Fleetmark.Reporting.Tables;

namespace Fleetmark.Cli.Tables;

/// <summary>All files of a run: tables in every format, plots, and the results with their samples.</summary>
internal static class RunFiles
{
    /// <summary>Makes the files from the database alone; the same rows give the same bytes.</summary>
    public static async Task<IReadOnlyList<OutputFile>> OfAsync(RunResults results, DatabaseAccess database, CancellationToken cancel)
    {
        IReadOnlyList<OutputFile> tables = TableSet.Render(results, new RenderOptions { ProductVersion = ProductVersion.Text });
        return [.. tables, await ResultBundle.WriteAsync(results, database.Launches, cancel)];
    }
}
