using System.Text.RegularExpressions;
using Fleetmark.Agent.Link;
using Fleetmark.Agent.Telemetry;
using Microsoft.Extensions.Options;

namespace Fleetmark.Agent.Hosting;

/// <summary>What attributes cannot say about the options, checked at start. Each failure names its key.</summary>
internal sealed partial class AgentOptionsChecks : IValidateOptions<AgentOptions>
{
    private const int MostLabels = 64;

    public ValidateOptionsResult Validate(string? name, AgentOptions options)
    {
        string[] problems = [.. Problems(options)];
        return problems.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private static IEnumerable<string> Problems(AgentOptions options)
    {
        if (options.Gateway.Length > 0 && !GatewayAddress.TryParse(options.Gateway, options.Insecure, out _, out string? problem)) yield return $"Agent:Gateway: {problem}";
        if (!Path.IsPathFullyQualified(options.DataFolder)) yield return $"Agent:DataFolder: '{options.DataFolder}' is not an absolute path";
        if (!Path.IsPathFullyQualified(options.ModelsFolder)) yield return $"Agent:ModelsFolder: '{options.ModelsFolder}' is not an absolute path";
        if (options.LockFolder is { } locks && !Path.IsPathFullyQualified(locks)) yield return $"Agent:LockFolder: '{locks}' is not an absolute path";
        if (options.Cpus.Length > 0 && CpuList.Parse(options.Cpus) is null) yield return $"Agent:Cpus: '{options.Cpus}' is no list of cores such as 0-3,6";
        if (options.Labels.Count > MostLabels) yield return $"Agent:Labels: {options.Labels.Count} labels, at most {MostLabels} are allowed";
        foreach (string label in options.Labels.Where(label => !Label().IsMatch(label))) yield return $"Agent:Labels: '{label}' is not 1 to 64 characters [a-z0-9._=/-]";
        foreach (IGrouping<string, RuntimeOptions> same in options.Runtimes.GroupBy(runtime => runtime.Name, StringComparer.Ordinal).Where(same => same.Count() > 1))
            yield return $"Agent:Runtimes: {same.Count()} runtimes are named '{same.Key}'";
    }

    [GeneratedRegex("^[a-z0-9._=/-]{1,64}$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Label();
}
