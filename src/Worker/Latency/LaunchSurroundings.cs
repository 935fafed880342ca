using System.Globalization;
using System.Runtime;
using System.Runtime.InteropServices;
using System.Text.Json;
using Fleetmark.Worker.Protocol;
using Fleetmark.Worker.Sessions;
using Microsoft.ML.OnnxRuntime;

namespace Fleetmark.Worker.Latency;

/// <summary>What the worker alone knows of its process: versions, knobs of .NET, memory, age.</summary>
internal static class LaunchSurroundings
{
    private const double ClockTicksPerSecond = 100;
    private const int StartTimeField = 22;

    /// <summary>Versions and knobs (field <c>environment</c> of the result).</summary>
    internal static JsonElement Environment() => Environment(LoadedLibraries.Versions());

    /// <summary>The same beside libraries of NVIDIA's that are loaded, their versions by name.</summary>
    internal static JsonElement Environment(IReadOnlyDictionary<string, string> libraries) => Element(json =>
    {
        json.WriteString("flavour", WorkerIdentity.Flavour);
        json.WriteString("runtimeNative", OrtEnv.Instance().GetVersionString());
        json.WriteString("runtimeManaged", WorkerIdentity.RuntimeVersion);
        json.WriteString("runtimeBuild", OrtNativeApi.BuildInfo);
        foreach ((string name, string version) in libraries) json.WriteString(name, version);
        Meant(json, "cudaMeant", WorkerIdentity.CudaVersion);
        Meant(json, "cudnnMeant", WorkerIdentity.CudnnVersion);
        Meant(json, "tensorrtMeant", WorkerIdentity.TensorRtVersion);
        json.WriteString("dotnet", System.Environment.Version.ToString());
        json.WriteString("os", RuntimeInformation.OSDescription);
        json.WriteString("architecture", RuntimeInformation.ProcessArchitecture.ToString());
        json.WriteBoolean("serverGc", GCSettings.IsServerGC);
        json.WriteString("gcConcurrent", Knob("System.GC.Concurrent"));
        json.WriteString("tieredPgo", Knob("System.Runtime.TieredPGO"));
        json.WriteString("allowedCpus", StatusLine("Cpus_allowed_list"));
    });

    /// <summary>Memory (field <c>memory</c> of the result).</summary>
    internal static JsonElement Memory() => Element(json =>
    {
        if (KiloBytes("VmHWM") is { } peak) json.WriteNumber("peakResidentBytes", peak * 1024);
        if (KiloBytes("VmRSS") is { } now) json.WriteNumber("residentBytes", now * 1024);
    });

    /// <summary>Time since the process was started, to 20 ms; null when the system does not tell.</summary>
    internal static TimeSpan? Age()
    {
        try
        {
            return Age(File.ReadAllText("/proc/self/stat"), File.ReadAllText("/proc/uptime"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Time since a process was started, from the texts of its <c>stat</c> and of <c>uptime</c>; null when they do not tell.</summary>
    internal static TimeSpan? Age(string stat, string uptime)
    {
        // The second field, the name in brackets, may hold anything; count from its end.
        string[] fields = stat[(stat.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (!double.TryParse(fields.ElementAtOrDefault(StartTimeField - 3), CultureInfo.InvariantCulture, out double started)) return null;
        if (!double.TryParse(uptime.Split(' ')[0], CultureInfo.InvariantCulture, out double up)) return null;
        double seconds = up - (started / ClockTicksPerSecond);
        return seconds >= 0 ? TimeSpan.FromSeconds(seconds) : null;
    }

    /// <summary>The version of a library that the flavour was built for; the one that is loaded may be another.</summary>
    private static void Meant(Utf8JsonWriter json, string name, string version)
    {
        if (version.Length > 0) json.WriteString(name, version);
    }

    private static string Knob(string name) => AppContext.GetData(name)?.ToString() ?? "default";

    private static long? KiloBytes(string name) =>
        long.TryParse(StatusLine(name)?.Split(' ')[0], NumberStyles.None, CultureInfo.InvariantCulture, out long value) ? value : null;

    private static string? StatusLine(string name)
    {
        try
        {
            return File.ReadLines("/proc/self/status").FirstOrDefault(line => line.StartsWith($"{name}:", StringComparison.Ordinal))?[(name.Length + 1)..].Trim();
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static JsonElement Element(Action<Utf8JsonWriter> write)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        using JsonDocument document = JsonDocument.Parse(buffer.ToArray());
        return document.RootElement.Clone();
    }
}
