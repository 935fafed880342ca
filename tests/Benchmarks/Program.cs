using System.Globalization;
using System.Text.Json;
using Fleetmark.Benchmarks;

IReadOnlyDictionary<string, Func<Comparison>> benchmarks = new Dictionary<string, Func<Comparison>>(StringComparer.Ordinal)
{
    ["codec"] = CodecBenchmark.Run,
    ["emission"] = EmissionBenchmark.Run,
};

string? name = args.FirstOrDefault(a => !a.StartsWith('-'));
if (name is null || !benchmarks.TryGetValue(name, out Func<Comparison>? run))
{
    Console.Error.WriteLine($"usage: eng/bench.sh NAME [--json]; benchmarks: {string.Join(", ", benchmarks.Keys)}");
    return 2;
}

Comparison result = run();
Console.WriteLine(args.Contains("--json", StringComparer.Ordinal)
    ? JsonSerializer.Serialize(result, Comparison.Json)
    : string.Create(CultureInfo.InvariantCulture, $"{result.Name}: {result.Ratio:0.00} × {result.Rival} ({result.Low:0.00} to {result.High:0.00}, {result.Rounds} rounds); {result.Figure}"));
return 0;
