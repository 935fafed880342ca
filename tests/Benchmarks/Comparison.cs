using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Fleetmark.Benchmarks;

/// <summary>Our time over a rival's, from rounds that alternate between the two in one process: the machine's mood hits both alike.</summary>
internal sealed record Comparison(string Name, string Rival, double Ratio, double Low, double High, int Rounds, string Figure)
{
    internal static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase, WriteIndented = true };

    /// <summary>Runs both once unmeasured, then in turns. Low and high are the order statistics that hold the median with at least 95 %, for 21 rounds the 6th and 16th.</summary>
    internal static Comparison Measure(string name, string rival, Action ours, Action theirs, Func<double, string> figure)
    {
        const int Turns = 21, Sixth = 5, Sixteenth = 15;
        ours();
        theirs();
        var ratios = new List<double>();
        var seconds = new List<double>();
        for (int round = 0; round < Turns; round++)
        {
            bool first = round % 2 == 0;
            double a = first ? Time(ours) : 0;
            double b = Time(theirs);
            if (!first) a = Time(ours);
            ratios.Add(a / b);
            seconds.Add(a);
        }

        ratios.Sort();
        seconds.Sort();
        return new Comparison(name, rival, ratios[Turns / 2], ratios[Sixth], ratios[Sixteenth], Turns, figure(seconds[Turns / 2]));
    }

    /// <summary>A line for people.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Name}: {Ratio:0.00} × {Rival} ({Low:0.00} to {High:0.00}, {Rounds} rounds); {Figure}");

    private static double Time(Action action)
    {
        long begun = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(begun).TotalSeconds;
    }
}
