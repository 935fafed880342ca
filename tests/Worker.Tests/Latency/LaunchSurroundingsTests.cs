using System.Diagnostics;
using Fleetmark.Worker.Latency;

namespace Fleetmark.Worker.Tests.Latency;

public sealed class LaunchSurroundingsTests
{
    /// <summary>Fields 3 to 22 of a <c>stat</c>: the last is the start, in hundredths of a second after the machine's.</summary>
    private const string Fields = "S 1 77 77 0 -1 4194560 100 0 0 0 1 2 0 0 20 0 8 0 123456";

    [Theory]
    [InlineData("77 (Fleetmark.Work) " + Fields + " 5 6\n", "1240.56 900.00\n", 6.0)]
    [InlineData("77 (a) b (c)) " + Fields + " 5 6\n", "1234.56 900.00\n", 0.0)]
    [InlineData("77 (x) " + Fields + " 5 6\n", "1234.55 900.00\n", null)]
    [InlineData("77 (x) S 1 77\n", "1240.56 900.00\n", null)]
    [InlineData("77 (x) " + Fields + " 5 6\n", "up\n", null)]
    [InlineData("", "", null)]
    public void Age_is_the_uptime_since_the_start_whatever_the_process_is_called(string stat, string uptime, double? seconds)
    {
        TimeSpan? age = LaunchSurroundings.Age(stat, uptime);
        Assert.Equal(seconds is null, age is null);
        Assert.Equal(seconds ?? 0, (age ?? TimeSpan.Zero).TotalSeconds, 1e-6);
    }

    [Fact]
    public void The_environment_says_everything_once_also_beside_libraries_that_are_loaded()
    {
        var libraries = new Dictionary<string, string>(StringComparer.Ordinal) { ["cuda"] = "12.8", ["cudnn"] = "9.10.2", ["tensorrt"] = "10.4.0" };
        string[] names = [.. LaunchSurroundings.Environment(libraries).EnumerateObject().Select(member => member.Name)];
        Assert.Equal(names.Distinct(StringComparer.Ordinal), names);
        Assert.All(libraries, library => Assert.Contains(library.Key, names));
    }

    [Fact]
    public void Age_of_this_process_grows_with_the_clock()
    {
        // The two clocks behind an age count hundredths of a second, so a difference of two is right to four of them.
        TimeSpan grain = TimeSpan.FromMilliseconds(40);
        long begin = Stopwatch.GetTimestamp();
        TimeSpan? before = LaunchSurroundings.Age();
        TimeSpan? after = LaunchSurroundings.Age();
        TimeSpan elapsed = Stopwatch.GetElapsedTime(begin);
        Assert.NotNull(before);
        Assert.InRange(after!.Value - before.Value, TimeSpan.Zero, elapsed + grain);
        Assert.InRange(before.Value, TimeSpan.Zero, TimeSpan.FromMilliseconds(Environment.TickCount64) + grain);
    }
}
