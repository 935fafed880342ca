using Fleetmark.Measurement.Launches;
using Fleetmark.Worker.Protocol;
using Fleetmark.Worker.Sessions;
using Microsoft.ML.OnnxRuntime;

namespace Fleetmark.Worker.Inspection;

/// <summary>A session as a launch would have it, for looking at what it computes: run on host memory, never timed.</summary>
internal sealed class UntimedModel : IDisposable
{
    private readonly InferenceSession _session;
    private readonly RunOptions _run = new();
    private readonly CancellationTokenRegistration _terminate;

    private UntimedModel(InferenceSession session, SessionSettings settings, CancellationToken cancel)
    {
        _session = session;
        Settings = settings;
        _terminate = cancel.Register(() => _run.Terminate = true);
    }

    /// <summary>What the session was made with.</summary>
    internal SessionSettings Settings { get; }

    /// <summary>Makes the session.</summary>
    /// <param name="model">The file.</param>
    /// <param name="launch">The launch it stands for.</param>
    /// <param name="profile">Beginning of the path of a profile to write; null for none.</param>
    /// <param name="cancel">Ends runs.</param>
    /// <exception cref="WorkerException">The file is not the one that was promised.</exception>
    internal static UntimedModel Open(ModelFile model, LaunchRequest launch, string? profile, CancellationToken cancel)
    {
        OnnxOutline outline = ModelGate.Check(model, cancel);
        SessionSettings settings = ExecutionProvider.Find(launch.Provider)!.Settings(launch);
        if (outline.Inputs.FirstOrDefault() is { } input) settings.FixDimensions(input, launch.Inputs[0].Shape);
        using SessionOptions options = settings.Create();
        if (profile is not null)
        {
            options.EnableProfiling = true;
            options.ProfileOutputPathPrefix = profile;
        }

        return new UntimedModel(new InferenceSession(model.Path, options), settings, cancel);
    }

    /// <summary>The values of the first output.</summary>
    /// <exception cref="WorkerException">The output is not float32 of rank 2.</exception>
    internal float[] Run(float[] input, long[] shape)
    {
        using IDisposableReadOnlyCollection<OrtValue> results = Compute(input, shape);
        if (results[0].GetTensorTypeAndShape() is not { ElementDataType: Microsoft.ML.OnnxRuntime.Tensors.TensorElementType.Float, DimensionsCount: 2 })
            throw new WorkerException(WorkerErrorCode.Model, "the output is not float32 of rank 2");
        return results[0].GetTensorDataAsSpan<float>().ToArray();
    }

    /// <summary>All outputs, on the host; the caller disposes of them.</summary>
    internal IDisposableReadOnlyCollection<OrtValue> Compute(float[] input, long[] shape)
    {
        using OrtValue value = OrtValue.CreateTensorValueFromMemory(input, shape);
        return _session.Run(_run, [_session.InputNames[0]], [value], _session.OutputNames);
    }

    /// <summary>Ends the profile and reads it.</summary>
    internal GraphReport EndProfile()
    {
        string path = _session.EndProfiling();
        try
        {
            using FileStream profile = File.OpenRead(path);
            return GraphProfile.Read(profile);
        }
        finally
        {
            File.Delete(path);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _terminate.Dispose();
        _run.Dispose();
        _session.Dispose();
    }
}
