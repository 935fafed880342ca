using Fleetmark.Cli.Databases;
using Fleetmark.Contracts.Tables;
using Fleetmark.Reporting.Tables;

namespace Fleetmark.Cli.Tables;

/// <summary>All files of a run: tables in every format, plots, and the results with their samples.</summary>
internal static class RunFiles
{
    /// <summary>Makes the files from the database alone; the same rows and options give the same bytes.</summary>
    public static async Task<IReadOnlyList<OutputFile>> OfAsync(RunResults results, DatabaseAccess database, RenderOptions options, CancellationToken cancel)
    {
        IReadOnlyList<OutputFile> tables = TableSet.Render(results, options);
        return [.. tables, await ResultBundle.WriteAsync(results, database.Launches.OfRunAsync(results.RunId, cancel), cancel)];
    }
}
