using Fleetmark.Cli.Databases;
using Fleetmark.Cli.Embedded;
using Fleetmark.Cli.Tables;
using Fleetmark.Contracts.Jobs;
using Fleetmark.Contracts.Runs;
using Fleetmark.Contracts.Tables;
using Fleetmark.Reporting.Tables;
using Fleetmark.Storage.Runs;

namespace Fleetmark.Cli.Runs;

/// <summary>A person in front of one run: submits or resumes it, shows it, stops it on Ctrl-C, prints and writes its tables, says how it went.</summary>
internal sealed class RunSession(EmbeddedStack stack, Terminal terminal)
{
    private const int MostExplained = 10;

    /// <summary>Submits the request and stays to the end.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> SubmitAsync(SubmitRequest request, OutputFolder? folder, bool requireAll, CancellationToken cancel)
    {
        RunId id = await stack.Database.Runs.NextIdAsync(cancel);
        await using IAsyncDisposable mark = await stack.HoldAsync(id, cancel);
        SubmitOutcome outcome = await stack.Grains.GetGrain<IRunGrain>(id.Value).Submit(request, cancel);
        if (outcome.IsAccepted) return await FollowAsync(outcome.RunId.Value, folder, requireAll, cancel);
        foreach (string problem in outcome.Problems) terminal.Fail(problem);
        return ExitCode.BadInput;
    }

    /// <summary>Reopens the run and stays to the end.</summary>
    public async Task<int> ResumeAsync(RunId id, OutputFolder? folder, bool requireAll, CancellationToken cancel)
    {
        if (await stack.Database.Runs.FindAsync(id, cancel) is not { } known)
            throw DatabaseAccess.UnknownRun(id);
        await using IAsyncDisposable mark = await stack.HoldAsync(id, cancel);
        if (known.State is not RunState.Done)
        {
            await stack.Grains.GetGrain<IRunGrain>(id.Value).Resume(cancel);
            await new RunVerbs(stack.Database.Source).WithdrawUnofferedAsync(id, cancel);
        }

        return await FollowAsync(id, folder, requireAll, cancel);
    }

    private async Task<int> FollowAsync(RunId id, OutputFolder? folder, bool requireAll, CancellationToken cancel)
    {
        RunResults results;
        try
        {
            results = await new RunFollowing(stack.Database, TimeProvider.System, stack.Stopped).ToTheEndAsync(id, View(), cancel);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            await stack.Grains.GetGrain<IRunGrain>(id.Value).Interrupt(CancellationToken.None);
            terminal.Note($"run {id} interrupted; `fleetmark resume {id}` finishes it");
            throw;
        }

        var options = new RenderOptions { ProductVersion = ProductVersion.Text };
        string tables = TerminalTable.Render(results, options);
        await terminal.Output.WriteAsync(tables.AsMemory(), cancel);
        if (folder is not null)
        {
            await folder.WriteAsync(await RunFiles.OfAsync(results, stack.Database, options, cancel), cancel);
            terminal.Note($"run {id}: tables, plots and results are in {folder.Path}");
        }
        else
        {
            terminal.Note($"run {id}: `fleetmark table {id}` prints the tables again");
        }

        Warn(results.Cells);
        if (results.Cells.Any(c => c.State == CellState.Failed)) Explain(results, await stack.Database.Failures.TextsAsync(id, cancel));
        return ExitCode.Of(results.Cells, requireAll);
    }

    /// <summary>One line for what this machine could not measure, one for what it measured badly.</summary>
    private void Warn(IReadOnlyList<CellResult> cells)
    {
        CellResult[] impossible = [.. cells.Where(ExitCode.IsWarningOnly)];
        if (impossible.Length > 0) terminal.Warn($"{impossible.Length} of {cells.Count} cells could not be measured here: {Reasons(impossible)}");
        CellResult[] doubtful = [.. cells.Where(c => c.State != CellState.Valid && !ExitCode.IsWarningOnly(c))];
        if (doubtful.Length > 0) terminal.Warn($"{doubtful.Length} of {cells.Count} cells are not valid: {Reasons(doubtful)}");
    }

    /// <summary>What was said of the cells that failed, the same words once.</summary>
    private void Explain(RunResults results, IReadOnlyDictionary<string, string> texts)
    {
        foreach (var same in results.Cells.Where(c => c.State == CellState.Failed)
            .Select(c => (c.Cell, Text: texts.GetValueOrDefault(Convert.ToHexStringLower(c.Cell.CoordinateSha256()))))
            .Where(c => c.Text is not null).GroupBy(c => c.Text!, c => c.Cell).Take(MostExplained))
        {
            string others = same.Count() == 1 ? "" : $" and {same.Count() - 1} more";
            terminal.Warn($"{RunMatrix.Name(same.First(), results)}{others}: {same.Key.ReplaceLineEndings(" ")}");
        }
    }

    private static string Reasons(IEnumerable<CellResult> cells) => string.Join("; ", cells
        .GroupBy(c => c.Code is { } code ? FailureCode.Sentence(code) : c.State.ToString().ToLowerInvariant())
        .Select(g => $"{g.Key} ({string.Join(", ", g.Select(c => $"{c.Cell.DeviceClass} {c.Cell.Precision.ToString().ToLowerInvariant()}").Distinct())}: {g.Count()})"));

    private IRunView View() => terminal.IsInteractive ? new LiveRunView(terminal.Drawing()) : new PlainRunView(terminal);
}
