namespace Fleetmark.Contracts.Fleet;

/// <summary>
/// The words in which a device says what it can do and a job what it needs; lower case. Runtimes of one machine differ in their providers, and providers in what they
/// compute in, so one word holds all three: a device with one runtime for the CPU and another for CUDA does not offer the first with CUDA.
/// </summary>
public static class CapabilityWords
{
    private const string RuntimePrefix = "runtime:";
    private const char Separator = '/';

    /// <summary>Something of the runtime works: <c>runtime:ort122-cuda12</c>.</summary>
    public static string Runtime(string flavour) => RuntimePrefix + flavour;

    /// <summary>A provider works: <c>provider:cuda</c>. For people and selections; which runtime has it, it does not say.</summary>
    public static string Provider(string provider) => $"provider:{provider}";

    /// <summary>Some provider computes in it: <c>precision:fp16</c>. For people and selections.</summary>
    public static string Precision(string precision) => $"precision:{precision}";

    /// <summary>The provider of the runtime computes in the precision: <c>runtime:ort122-cuda12/cuda/fp16</c>. What a job needs.</summary>
    public static string Works(string flavour, string provider, string precision) => $"{RuntimePrefix}{flavour}{Separator}{provider}{Separator}{precision}";

    /// <summary>The provider of the runtime does launches of a kind: <c>kind:ort122-cuda12/cuda/throughput</c>. What a job needs that is no latency job, which every worker does.</summary>
    public static string Does(string flavour, string provider, string kind) => $"kind:{flavour}{Separator}{provider}{Separator}{kind}";

    /// <summary>The runtimes of which something works, in ordinal order.</summary>
    public static IEnumerable<string> Runtimes(IEnumerable<string> capabilities) => capabilities
        .Where(word => word.StartsWith(RuntimePrefix, StringComparison.Ordinal) && !word.Contains(Separator, StringComparison.Ordinal))
        .Select(word => word[RuntimePrefix.Length..])
        .Order(StringComparer.Ordinal);

    /// <summary>True when the provider of the runtime works in whatever precision.</summary>
    public static bool HasProvider(IEnumerable<string> capabilities, string flavour, string provider)
    {
        string begin = Works(flavour, provider, "");
        return capabilities.Any(word => word.StartsWith(begin, StringComparison.Ordinal));
    }
}
