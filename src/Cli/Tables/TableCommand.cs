using System.CommandLine;
using System.Text;
using Fleetmark.Cli.Databases;
using Fleetmark.Contracts.Runs;
using Fleetmark.Contracts.Tables;
using Fleetmark.Reporting.Languages;
using Fleetmark.Reporting.Layouts;
using Fleetmark.Reporting.Tables;

namespace Fleetmark.Cli.Tables;

/// <summary><c>table RUN</c>: prints a run's tables from the database alone.</summary>
internal static class TableCommand
{
    private static readonly Dictionary<string, TableFormat> Formats = new(StringComparer.Ordinal)
    {
        ["md"] = TableFormat.Markdown,
        ["html"] = TableFormat.Html,
        ["csv"] = TableFormat.Csv,
        ["json"] = TableFormat.Json,
        ["tex"] = TableFormat.Tex,
    };

    /// <summary>The command with its options.</summary>
    public static Command Create(Terminal terminal)
    {
        var run = new Argument<long>("RUN") { Description = "Number of the run, as `runs` lists it" };
        var layout = new Option<string?>("--layout") { Description = "One layout in place of the plan's" };
        var format = new Option<string?>("--format") { Description = "md, html, csv, json or tex, as the files of --out; without it the text `run` printed" };
        var language = new Option<string>("--lang") { Description = "en or zh-CN", DefaultValueFactory = _ => "en" };
        var output = new Option<string?>("--out") { Description = "Write all files of the run into this folder in place of printing" };
        Option<string?> database = DatabaseCommands.DatabaseOption();
        format.AcceptOnlyFromAmong([.. Formats.Keys]);
        language.AcceptOnlyFromAmong([.. LanguageTag.Known]);
        var command = new Command("table", "Print the tables of a run again, from the database alone") { run, layout, format, language, output, database };
        layout.Validators.Add(option =>
        {
            if (option.GetValueOrDefault<string?>() is { } name && TableLayouts.Check(name, "--layout") is { } problem) option.AddError(problem.ToString());
        });
        command.Validators.Add(given =>
        {
            if (given.GetResult(output) is not null && given.GetResult(format) is not null) given.AddError("--format: --out writes every format; leave one of the two out");
        });
        command.SetAction(async (parsed, cancel) =>
        {
            OutputFolder? folder = parsed.GetValue(output) is { } path ? OutputFolder.Open(path) : null;
            await using DatabaseAccess access = await DatabaseAccess.OpenAsync(terminal, parsed.GetValue(database), cancel);
            var id = new RunId(parsed.GetRequiredValue(run));
            RunResults results = await access.RequireResultsAsync(id, cancel);
            var options = new RenderOptions
            {
                Layouts = parsed.GetValue(layout) is { } name ? [name] : [],
                Language = LanguageTag.Read(parsed.GetRequiredValue(language))!.Value,
                ProductVersion = ProductVersion.Text,
            };
            if (folder is not null)
            {
                await folder.WriteAsync(await RunFiles.OfAsync(results, access, options, cancel), cancel);
                terminal.Note($"run {id}: tables, plots and results are in {folder.Path}");
                return ExitCode.Success;
            }

            await terminal.Output.WriteAsync(Print(results, parsed.GetValue(format), options).AsMemory(), cancel);
            return ExitCode.Success;
        });
        return command;
    }

    /// <summary>The text <c>run</c> printed, one of the files it wrote, or one layout alone.</summary>
    private static string Print(RunResults results, string? format, RenderOptions options)
    {
        if (format is null) return TerminalTable.Render(results, options);
        ReadOnlyMemory<byte> bytes = options.Layouts.Count > 0
            ? TableSet.RenderOne(results, Formats[format], options)
            : TableSet.Render(results, options).Single(f => f.RelativePath == $"tables.{format}").Bytes;
        return Encoding.UTF8.GetString(bytes.Span);
    }
}
