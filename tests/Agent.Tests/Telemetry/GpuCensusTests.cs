using System.Globalization;
using Fleetmark.Agent.Telemetry;

namespace Fleetmark.Agent.Tests.Telemetry;

/// <summary>Every way a driver may list the processes of a launch, on the machine itself and inside a container. The worker is process 500, which started 501.</summary>
public sealed class GpuCensusTests : IDisposable
{
    private static readonly HashSet<int> Own = [500, 501];
    private readonly TemporaryFolder _root = new();

    public void Dispose() => _root.Dispose();

    [Theory]
    // On the machine itself numbers are compared.
    [InlineData("", "500", "", false)]
    [InlineData("", "500 501", "", false)]
    [InlineData("", "", "", false)]
    [InlineData("", "500 77", "", true)]
    [InlineData("", "77", "", true)]
    [InlineData("77", "500 77", "77", true)]
    [InlineData("77", "500", "", true)]
    [InlineData("", "500", "77", true)]
    [InlineData("", "500", "500", true)]
    public void On_the_machine_itself_every_process_but_the_workers_is_foreign(string before, string during, string after, bool isForeign) =>
        Assert.Equal(isForeign, Judge(before, during, after, Own));

    [Theory]
    // Numbers of the container, of the host, of threads: they are never compared, only counted.
    [InlineData("", "500", "", false)]
    [InlineData("", "31500", "", false)]
    [InlineData("", "507", "", false)]
    [InlineData("", "", "", false)]
    [InlineData("", "500 31077", "", true)]
    [InlineData("", "31500 31077", "", true)]
    [InlineData("31077", "31077", "31077", true)]
    [InlineData("31077", "31500", "", true)]
    [InlineData("", "31500", "31077", true)]
    [InlineData("", "31500", "31500", true)]
    public void Inside_a_container_one_process_is_the_worker_and_any_other_is_foreign(string before, string during, string after, bool isForeign) =>
        Assert.Equal(isForeign, Judge(before, during, after, own: null));

    [Fact]
    public void A_driver_that_lists_no_processes_proves_nothing()
    {
        GpuCensus none = default;
        Assert.Null(GpuCensus.HasForeign(null, [null, null], null));
        Assert.Null(GpuCensus.HasForeign(none, [none, null], none));
        Assert.False(GpuCensus.HasForeign(none, [none, none], none));
        Assert.True(GpuCensus.HasForeign(null, [new GpuCensus(2, 1), null], null));
    }

    [Theory]
    [InlineData("pid:[4026531836]", true)]
    [InlineData("pid:[4026532999]", false)]
    [InlineData(null, false)]
    public void Numbers_are_those_of_the_machine_in_its_first_namespace_only(string? link, bool areTheHosts)
    {
        Directory.CreateDirectory(_root.At("proc", "self", "ns"));
        if (link is not null) File.CreateSymbolicLink(_root.At("proc", "self", "ns", "pid"), link);
        Assert.Equal(areTheHosts, GpuCensus.NumbersAreTheHosts(new HostFiles(_root.Path)));
    }

    private static bool? Judge(string before, string during, string after, HashSet<int>? own) =>
        GpuCensus.HasForeign(GpuCensus.Of(Numbers(before), own), [GpuCensus.Of([], own), GpuCensus.Of(Numbers(during), own)], GpuCensus.Of(Numbers(after), own));

    private static uint[] Numbers(string text) => [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(number => uint.Parse(number, CultureInfo.InvariantCulture))];
}
