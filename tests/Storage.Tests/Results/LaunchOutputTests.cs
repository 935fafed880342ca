using Fleetmark.Storage.Results;

namespace Fleetmark.Storage.Tests.Results;

public sealed class LaunchOutputTests
{
    [Fact]
    public void What_a_worker_said_is_read()
    {
        LaunchOutput output = LaunchOutput.Read("""{"finite":true,"top1":[7,3],"head":[0.5,-1e-3]}""");

        Assert.Equal([7, 3], output.Top1);
        Assert.Equal([0.5, -0.001], output.Head);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("null")]
    [InlineData("7")]
    [InlineData("{}")]
    [InlineData("""{"top1":7,"head":"x"}""")]
    [InlineData("""{"top1":[7.5],"head":[0.5,null]}""")]
    [InlineData("""{"top1":[99999999999],"head":{}}""")]
    [InlineData("""{"head":[0.5,1e400]}""")]
    [InlineData("""{"head":[-1e400]}""")]
    public void What_is_no_list_of_numbers_was_not_said(string? json)
    {
        LaunchOutput output = LaunchOutput.Read(json);

        Assert.Null(output.Top1);
        Assert.Null(output.Head);
    }
}
