using Fleetmark.Measurement.Sampling;
using Fleetmark.Worker.Latency;
using Fleetmark.Worker.Sessions;
using Microsoft.ML.OnnxRuntime;

namespace Fleetmark.Worker.Tests.Sessions;

/// <summary>The memory of a device is tried with the CPU's own: the same allocators by name, the same copies, the same binding.</summary>
public sealed class BoundModelTests
{
    private static readonly DeviceMemory CpuAsDevice = new("Cpu", "Cpu", Options);

    [Theory]
    [InlineData(Placement.Host)]
    [InlineData(Placement.Device)]
    [InlineData(Placement.Pinned)]
    [InlineData(Placement.Pageable)]
    internal void The_output_of_a_call_is_that_of_the_callers_input(Placement placement)
    {
        using BoundModel model = Relu(placement);
        Fill(model, 1, -2, 3, -4);
        model.CopyInput();

        model.Session.RunWithBinding(model.RunOptions, model.Binding);

        Assert.Equal([1, 0, 3, 0], model.Output.ToArray());
    }

    [Fact]
    public void On_a_device_the_callers_input_moves_only_when_it_is_copied()
    {
        using BoundModel model = Relu(Placement.Device);
        Fill(model, 1, 2, 3, 4);
        model.CopyInput();
        Fill(model, 5, 6, 7, 8);

        new DeviceCall(model).Invoke();

        Assert.Equal([1, 2, 3, 4], model.Output.ToArray());
    }

    [Theory]
    [InlineData(Placement.Pinned)]
    [InlineData(Placement.Pageable)]
    internal void A_call_that_binds_again_sees_what_the_caller_wrote_since(Placement placement)
    {
        using BoundModel model = Relu(placement);
        var call = new RebindCall(model);
        Fill(model, -1, 2, -3, 4);
        call.Invoke();
        float[] first = model.Output.ToArray();
        Fill(model, 5, -6, 7, -8);
        call.Invoke();

        Assert.Equal([0, 2, 0, 4], first);
        Assert.Equal([5, 0, 7, 0], model.Output.ToArray());
    }

    [Fact]
    public void A_call_that_binds_again_allocates_nothing()
    {
        using BoundModel model = Relu(Placement.Pageable);
        var call = new RebindCall(model);
        long[] elapsed = new long[100];
        TimingLoop.Burst(ref call, elapsed, 1);

        long before = GC.GetAllocatedBytesForCurrentThread();
        TimingLoop.Burst(ref call, elapsed, 1);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void The_convolution_of_the_probe_comes_to_one_in_the_middle_and_less_at_the_border()
    {
        using SessionOptions options = Options();
        using BoundModel model = BoundModel.Bind(new InferenceSession(TinyModel.Convolution(), options), TinyModel.ConvolutionShape, Placement.Device, CpuAsDevice);
        model.HostInput.Fill(1);
        model.CopyInput();
        model.Session.RunWithBinding(model.RunOptions, model.Binding);

        float[] output = model.Output.ToArray();
        Assert.Equal(1, output[TinyModel.ConvolutionMiddle], 0.0001f);
        Assert.Equal(4f / 9, output[0], 0.0001f);
    }

    private static void Fill(BoundModel model, params ReadOnlySpan<float> values) => values.CopyTo(model.HostInput);

    private static BoundModel Relu(Placement placement)
    {
        using SessionOptions options = Options();
        return BoundModel.Bind(new InferenceSession(TinyModel.Bytes("Relu"), options), TinyModel.InputShape, placement, CpuAsDevice);
    }

    private static SessionOptions Options() => new CpuSettings(threads: 1, new Dictionary<string, string>(StringComparer.Ordinal)).Create();
}
