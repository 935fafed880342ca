using System.Text.Json;
using Fleetmark.Benchmarks;
using Fleetmark.Benchmarks.Harness;
using Fleetmark.Benchmarks.Protocol;
using Fleetmark.Documents;

IReadOnlyDictionary<string, Func<object>> benchmarks = new Dictionary<string, Func<object>>(StringComparer.Ordinal)
{
    ["codec"] = CodecBenchmark.Run,
    ["emission"] = EmissionBenchmark.Run,
    ["harness"] = HarnessBenchmark.Run,
    ["protocol"] = ProtocolBenchmark.Run,
};

string? name = args.FirstOrDefault(a => !a.StartsWith('-'));
if (name is null || !benchmarks.TryGetValue(name, out Func<object>? run))
{
    Console.Error.WriteLine($"usage: eng/bench.sh NAME [--json]; benchmarks: {string.Join(", ", benchmarks.Keys)}");
    return 2;
}

try
{
    object result = run();
    Console.WriteLine(args.Contains("--json", StringComparer.Ordinal) ? JsonSerializer.Serialize(result, Comparison.Json) : result.ToString());
    return result is IJudged judged ? judged.ExitCode : 0;
}
catch (ProblemException e)
{
    foreach (Problem problem in e.Problems) Console.Error.WriteLine($"bench: {problem}");
    return 2;
}
