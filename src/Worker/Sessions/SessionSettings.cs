using System.Globalization;
using Fleetmark.Measurement.Launches;
using Fleetmark.Measurement.Providers;
using Fleetmark.Worker.Protocol;
using Microsoft.ML.OnnxRuntime;

namespace Fleetmark.Worker.Sessions;

/// <summary>
/// Every option of a session that can move a number, set explicitly and reported with its value: nothing is left to a library default. One subclass per execution
/// provider, which adds the provider and its own options.
/// </summary>
internal abstract class SessionSettings
{
    private const string IntraOpSpinning = "session.intra_op.allow_spinning";
    private const string InterOpSpinning = "session.inter_op.allow_spinning";
    private const string DenormalAsZero = "session.set_denormal_as_zero";
    private const string NoCpuFallback = "session.disable_cpu_ep_fallback";

    private readonly int _threads;
    private readonly SortedDictionary<string, string> _entries = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, long> _freeDimensions = new(StringComparer.Ordinal);

    /// <summary>Settings for a launch.</summary>
    /// <param name="provider">Name of the provider.</param>
    /// <param name="threads">Threads inside an operator, at least 1.</param>
    /// <param name="options">What the plan sets, checked here; the provider takes its own.</param>
    /// <exception cref="WorkerException">An option is not known, or has a value it cannot have.</exception>
    protected SessionSettings(string provider, int threads, IReadOnlyDictionary<string, string> options)
    {
        if (threads < 1) throw new WorkerException(WorkerErrorCode.BadRequest, $"threads is {threads}, at least 1 is needed");
        _threads = threads;
        bool isOnGpu = provider != KnownProviders.Cpu;
        // A thread that spins keeps a core warm for the next operator; beside a GPU it only takes the core from the driver.
        _entries.Add(IntraOpSpinning, isOnGpu ? "0" : "1");
        _entries.Add(InterOpSpinning, "0");
        _entries.Add(DenormalAsZero, "0");
        // An operator the provider lacks must fail, not run silently on the CPU. The CPU itself must not be told so.
        if (isOnGpu) _entries.Add(NoCpuFallback, "1");
        foreach ((string key, string value) in options)
        {
            Check(provider, key, value);
            if (_entries.ContainsKey(key)) _entries[key] = value;
        }
    }

    /// <summary>What became of the engine that the provider builds from the graph: <c>built</c> or <c>cached</c>; null for one that builds none. Asked after the session was made.</summary>
    internal virtual string? Engine => null;

    /// <summary>Fixes the free dimensions of the first input to the shape of the cell, so that the graph is optimised for it.</summary>
    internal virtual void FixDimensions(OnnxInput input, IReadOnlyList<int> shape)
    {
        for (int axis = 0; axis < Math.Min(shape.Count, input.FreeDimensions.Count); axis++)
            if (input.FreeDimensions[axis].Length > 0) _freeDimensions[input.FreeDimensions[axis]] = shape[axis];
    }

    /// <summary>The options object for a session.</summary>
    /// <exception cref="OnnxRuntimeException">This runtime cannot have the provider.</exception>
    internal SessionOptions Create()
    {
        var options = new SessionOptions
        {
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
            InterOpNumThreads = 1,
            IntraOpNumThreads = _threads,
            EnableMemoryPattern = true,
            EnableCpuMemArena = true,
            EnableProfiling = false,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_WARNING,
        };
        foreach ((string key, string value) in _entries) options.AddSessionConfigEntry(key, value);
        foreach ((string name, long size) in _freeDimensions) options.AddFreeDimensionOverrideByName(name, size);
        try
        {
            Append(options);
        }
        catch
        {
            options.Dispose();
            throw;
        }

        return options;
    }

    /// <summary>The same settings as words, for the report.</summary>
    internal IReadOnlyDictionary<string, string> Effective()
    {
        var all = new SortedDictionary<string, string>(_entries, StringComparer.Ordinal)
        {
            ["graph_optimization_level"] = "ORT_ENABLE_ALL",
            ["execution_mode"] = "ORT_SEQUENTIAL",
            ["inter_op_num_threads"] = "1",
            ["intra_op_num_threads"] = _threads.ToString(CultureInfo.InvariantCulture),
            ["enable_mem_pattern"] = "1",
            ["enable_cpu_mem_arena"] = "1",
            ["enable_profiling"] = "0",
        };
        foreach ((string name, long size) in _freeDimensions) all[$"free_dimension.{name}"] = size.ToString(CultureInfo.InvariantCulture);
        foreach ((string key, string value) in OfProvider()) all[key] = value;
        return all;
    }

    /// <summary>Adds the provider; the CPU's is always there.</summary>
    protected virtual void Append(SessionOptions options)
    {
    }

    /// <summary>The provider's options for the report: after <see cref="Create"/> as the runtime tells them, before as they will be asked.</summary>
    protected virtual IReadOnlyDictionary<string, string> OfProvider() => new Dictionary<string, string>(StringComparer.Ordinal);

    private static void Check(string provider, string key, string value)
    {
        if (KnownProviders.Find(provider, key) is not { } option)
        {
            string known = string.Join(", ", KnownProviders.OptionsOf(provider).Select(o => o.Name));
            throw new WorkerException(WorkerErrorCode.Unsupported, $"option '{key}' is not known to the {provider} provider; known: {known}");
        }

        if (!option.Allows(value)) throw new WorkerException(WorkerErrorCode.Unsupported, $"option '{key}' is '{value}', but {option.Rule}");
    }
}
