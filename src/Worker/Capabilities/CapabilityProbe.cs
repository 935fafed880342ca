using Fleetmark.Measurement.Launches;
using Fleetmark.Worker.Latency;
using Fleetmark.Worker.Sessions;
using Microsoft.ML.OnnxRuntime;

namespace Fleetmark.Worker.Capabilities;

/// <summary>Tries each execution provider of this flavour on a small model and says what works.</summary>
internal static class CapabilityProbe
{
    /// <summary>The answer to <see cref="CapabilitiesRequest"/>.</summary>
    internal static CapabilitiesMessage Run() => new()
    {
        Providers =
        [
            new ProviderCapability
            {
                Name = LaunchGate.Cpu,
                Devices = [TryCpu()],
                Precisions = ["fp32"],
                Scopes = ["e2e", "device"],
                Kinds = ["latency"],
            },
        ],
        Formats = ["onnx"],
        OptionKeys = CpuSettings.OptionKeys,
    };

    private static DeviceCapability TryCpu()
    {
        try
        {
            using SessionOptions options = new CpuSettings(threads: 1, new Dictionary<string, string>(StringComparer.Ordinal)).Create();
            using BoundModel model = BoundModel.Bind(new InferenceSession(TinyModel.Bytes("Relu"), options), TinyModel.InputShape);
            model.Session.RunWithBinding(model.RunOptions, model.Binding);
            return new DeviceCapability { State = DeviceCapability.Ok };
        }
        catch (OnnxRuntimeException e)
        {
            return new DeviceCapability { State = DeviceCapability.Error, Reason = e.Message.ReplaceLineEndings(" ") };
        }
        catch (Exception e) when (e is DllNotFoundException or TypeInitializationException)
        {
            return new DeviceCapability { State = DeviceCapability.MissingLibrary, Reason = (e.InnerException ?? e).Message.ReplaceLineEndings(" ") };
        }
    }
}
