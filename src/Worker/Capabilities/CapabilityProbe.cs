using Fleetmark.Measurement.Launches;
using Fleetmark.Measurement.Providers;
using Fleetmark.Worker.Protocol;
using Fleetmark.Worker.Sessions;
using Microsoft.ML.OnnxRuntime;

namespace Fleetmark.Worker.Capabilities;

/// <summary>
/// Tries the execution providers on a convolution and says what works: a provider may be listed by the runtime and still have no kernels for this very device, which shows
/// only when a kernel runs.
/// </summary>
internal static class CapabilityProbe
{
    private const float Tolerance = 0.01f;

    /// <summary>The answer to <see cref="CapabilitiesRequest"/>: the CPU's provider for no device, the others for a device.</summary>
    internal static CapabilitiesMessage Run(CapabilitiesRequest request)
    {
        ExecutionProvider[] tried = [.. ExecutionProvider.All.Where(provider => provider.Memory is null == request.Device is null)];
        return new CapabilitiesMessage
        {
            Providers =
            [
                .. tried.Select(provider => new ProviderCapability
                {
                    Name = provider.Name,
                    Devices = [Try(provider, request.Device)],
                    Precisions = [.. provider.PrecisionsOn(request.Device).Select(precision => precision == Precision.Fp16 ? "fp16" : "fp32")],
                    Scopes = ["e2e", "device"],
                    Kinds = ["latency", "soak", "throughput"],
                }),
            ],
            Formats = ["onnx"],
            OptionKeys = [.. tried.SelectMany(provider => KnownProviders.OptionsOf(provider.Name)).Select(option => option.Name).Distinct(StringComparer.Ordinal)],
        };
    }

    private static DeviceCapability Try(ExecutionProvider provider, LaunchDevice? device)
    {
        try
        {
            Convolve(provider, device);
            return new DeviceCapability { Uuid = device?.Uuid, State = DeviceCapability.Ok };
        }
        catch (Exception e) when (e is OnnxRuntimeException or DllNotFoundException or EntryPointNotFoundException or TypeInitializationException)
        {
            return Failed(device, ProviderFailure.Of((e.InnerException ?? e).Message, device, WorkerIdentity.Flavour));
        }
        catch (WorkerException e)
        {
            return Failed(device, new ProviderFailure(DeviceCapability.Error, e.Message));
        }
    }

    private static DeviceCapability Failed(LaunchDevice? device, ProviderFailure failure) =>
        new() { Uuid = device?.Uuid, State = failure.State, Reason = failure.Reason };

    /// <summary>One convolution with memory bound as the launches' is.</summary>
    private static void Convolve(ExecutionProvider provider, LaunchDevice? device)
    {
        using SessionOptions options = provider.Settings(Launch(provider, device)).Create();
        using BoundModel model = BoundModel.Bind(
            new InferenceSession(TinyModel.Convolution(), options), TinyModel.ConvolutionShape, provider.Memory is null ? Placement.Host : Placement.Device, provider.Memory);
        model.HostInput.Fill(1);
        model.CopyInput();
        model.Session.RunWithBinding(model.RunOptions, model.Binding);
        float middle = model.Output[TinyModel.ConvolutionMiddle];
        if (!(Math.Abs(middle - 1) < Tolerance)) throw new WorkerException(WorkerErrorCode.WrongOutput, $"a convolution came to {middle} instead of 1");
    }

    private static LaunchRequest Launch(ExecutionProvider provider, LaunchDevice? device) => new()
    {
        Launch = "capabilities",
        Model = new ModelFile { Path = "convolution", Format = "onnx" },
        Inputs = [new InputTensor { Name = "x", Type = "float32", Shape = TinyModel.ConvolutionShape }],
        Provider = provider.Name,
        Device = device,
        Precision = Precision.Fp32,
        Scope = Scope.Device,
        Batch = 1,
        Threads = 1,
        Seed = 0,
        Warmup = new WarmUpSettings { MinMs = 0, MinCalls = 0, CapMs = 0, WindowMs = 1, WindowCalls = 1, Windows = 2, Ratio = 1, SlowCalls = 0 },
        Sample = new SamplingSettings { MinMs = 0, MinCount = 1, MaxMs = 0, MaxCount = 1, FloorCount = 1, HalfWidth = 0 },
    };
}
