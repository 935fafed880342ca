using Fleetmark.Measurement.Launches;
using Fleetmark.Worker.Protocol;
using Fleetmark.Worker.Sessions;

namespace Fleetmark.Worker.Tests.Sessions;

public sealed class TensorSizeTests
{
    [Theory]
    [InlineData(new long[] { 2, 3, 224, 224 }, 301_056)]
    [InlineData(new long[] { 2_147_483_591 }, 2_147_483_591)]
    public void A_shape_has_as_many_values_as_its_product(long[] shape, int values) => Assert.Equal(values, TensorSize.Of("input", shape));

    [Theory]
    [InlineData(new long[] { 2_147_483_592 }, "an output of 2147483592 values does not fit into memory here, 2147483591 would")]
    [InlineData(new long[] { int.MaxValue, int.MaxValue, int.MaxValue, int.MaxValue }, "an output of 21267647892944572736998860269687930881 values")]
    public void More_than_an_array_can_hold_is_out_of_memory(long[] shape, string text)
    {
        var failure = Assert.Throws<WorkerException>(() => TensorSize.Of("output", shape));
        Assert.Equal(WorkerErrorCode.OutOfMemory, failure.Code);
        Assert.StartsWith(text, failure.Message, StringComparison.Ordinal);
    }
}
