using Microsoft.Extensions.Configuration;

namespace Fleetmark.Cli.Embedded;

/// <summary>Settings of the embedded agent: <c>appsettings.json</c> in the home folder, then environment variables such as <c>Agent__Runtimes__0__Name</c>.</summary>
internal static class EmbeddedConfiguration
{
    /// <summary>Adds both to a host.</summary>
    public static void AddTo(IConfigurationBuilder configuration)
    {
        string file = Path.Combine(FleetmarkHome.FromEnvironment().Path, "appsettings.json");
        configuration.AddJsonFile(file, optional: true, reloadOnChange: false);
        configuration.AddEnvironmentVariables();
    }
}
