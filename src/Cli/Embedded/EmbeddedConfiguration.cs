using Fleetmark.Documents;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;

namespace Fleetmark.Cli.Embedded;

/// <summary>
/// What the embedded hosts have in common. Settings: <c>appsettings.json</c> in the home folder, then environment variables such as
/// <c>Agent__Runtimes__0__Name</c>; a file of the current folder is somebody else's. Signals: none. Logs: standard error.
/// </summary>
internal static class EmbeddedConfiguration
{
    /// <summary>Sets a host up.</summary>
    /// <exception cref="ProblemException">The file is no JSON.</exception>
    public static void Apply(IHostApplicationBuilder host, FleetmarkHome home, bool verbose)
    {
        host.Configuration.Sources.Clear();
        string file = Path.Combine(home.Path, "appsettings.json");
        try
        {
            host.Configuration.AddJsonFile(file, optional: true, reloadOnChange: false);
        }
        catch (InvalidDataException e)
        {
            throw new ProblemException(new Problem("configuration", file, $"the file is no JSON: {e.InnerException?.Message ?? e.Message}"));
        }

        host.Configuration.AddEnvironmentVariables();
        host.Services.AddSingleton<IHostLifetime, EmbeddedLifetime>();
        Logging(host.Logging, verbose);
    }

    /// <summary>Reads settings, and says in one line each what is wrong with them.</summary>
    /// <param name="section">Their section, such as <c>Agent</c>.</param>
    /// <param name="read">Reads and validates them.</param>
    /// <exception cref="ProblemException">A value is out of range or unreadable, or a key is unknown.</exception>
    public static T Checked<T>(string section, Func<T> read)
    {
        string where = $"settings '{section}' (appsettings.json of the home, {section}__ variables)";
        try
        {
            return read();
        }
        catch (OptionsValidationException e)
        {
            throw new ProblemException([.. e.Failures.Select(f => new Problem("configuration", where, f.TrimEnd('.')))]);
        }
        catch (InvalidOperationException e) when (e.Source == "Microsoft.Extensions.Configuration.Binder")
        {
            // A key it does not know, or a value it cannot read.
            throw new ProblemException(new Problem("configuration", where, e.Message.TrimEnd('.')));
        }
    }

    /// <summary>Only when asked for: the person sees progress instead. What was lost or refused for good shows always.</summary>
    private static void Logging(ILoggingBuilder logging, bool verbose)
    {
        logging.ClearProviders();
        logging.AddSimpleConsole(console => console.SingleLine = true);
        logging.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        logging.SetMinimumLevel(verbose ? LogLevel.Information : LogLevel.Error);
        if (!verbose) logging.AddFilter("Fleetmark", LogLevel.Error);
    }
}
