using Fleetmark.Agent.Telemetry;

namespace Fleetmark.Agent.Tests.Telemetry;

public sealed class CpuListTests
{
    [Theory]
    [InlineData("0", new[] { 0 })]
    [InlineData("0-3,6", new[] { 0, 1, 2, 3, 6 })]
    [InlineData("6, 1-2,2", new[] { 1, 2, 6 })]
    public void The_kernels_lists_are_read(string text, int[] cores) => Assert.Equal(cores, CpuList.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("3-1")]
    [InlineData("1-2-3")]
    [InlineData("0,")]
    [InlineData("99999")]
    public void Anything_else_is_no_list(string text) => Assert.Null(CpuList.Parse(text));
}
