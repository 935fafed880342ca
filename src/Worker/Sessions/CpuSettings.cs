using System.Globalization;
using Fleetmark.Measurement.Launches;
using Fleetmark.Worker.Protocol;
using Microsoft.ML.OnnxRuntime;

namespace Fleetmark.Worker.Sessions;

/// <summary>
/// Every session option that can move a number on the CPU provider, set explicitly and reported with its value: nothing is left to a library default.
/// </summary>
internal sealed class CpuSettings
{
    private const string IntraOpSpinning = "session.intra_op.allow_spinning";
    private const string InterOpSpinning = "session.inter_op.allow_spinning";
    private const string DenormalAsZero = "session.set_denormal_as_zero";

    /// <summary>Options a plan may set.</summary>
    internal static readonly string[] OptionKeys = [IntraOpSpinning];

    private readonly int _threads;
    private readonly Dictionary<string, string> _entries = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, long> _freeDimensions = new(StringComparer.Ordinal);

    /// <summary>Settings for a launch.</summary>
    /// <param name="threads">Threads inside an operator, at least 1.</param>
    /// <param name="options">What the plan sets.</param>
    /// <exception cref="WorkerException">An option is not known, or has a value it cannot have.</exception>
    internal CpuSettings(int threads, IReadOnlyDictionary<string, string> options)
    {
        if (threads < 1) throw new WorkerException(WorkerErrorCode.BadRequest, $"threads is {threads}, at least 1 is needed");
        _threads = threads;
        _entries.Add(IntraOpSpinning, "1");
        _entries.Add(InterOpSpinning, "0");
        _entries.Add(DenormalAsZero, "0");
        foreach ((string key, string value) in options)
        {
            if (!OptionKeys.Contains(key))
                throw new WorkerException(WorkerErrorCode.Unsupported, $"option '{key}' is not known to the cpu provider; known: {string.Join(", ", OptionKeys)}");
            if (value is not ("0" or "1")) throw new WorkerException(WorkerErrorCode.Unsupported, $"option '{key}' is '{value}', but must be 0 or 1");
            _entries[key] = value;
        }
    }

    /// <summary>Fixes the free dimensions of the first input to the shape of the cell, so that the graph is optimised for it.</summary>
    internal void FixDimensions(OnnxInput input, IReadOnlyList<int> shape)
    {
        for (int axis = 0; axis < Math.Min(shape.Count, input.FreeDimensions.Count); axis++)
            if (input.FreeDimensions[axis].Length > 0) _freeDimensions[input.FreeDimensions[axis]] = shape[axis];
    }

    /// <summary>The options object for a session.</summary>
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
        return all;
    }
}
