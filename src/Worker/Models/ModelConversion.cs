using Fleetmark.Measurement.Launches;
using Fleetmark.Models.Precision;
using Fleetmark.Worker.Protocol;
using Fleetmark.Worker.Sessions;

namespace Fleetmark.Worker.Models;

/// <summary>Writes the FP16 file of a model.</summary>
internal static class ModelConversion
{
    /// <summary>Converts the file.</summary>
    /// <exception cref="WorkerException">The conversion is not known, the source is not the one promised, the digest differs, or the file cannot be written.</exception>
    internal static BuiltMessage Run(ConvertRequest request, CancellationToken cancel)
    {
        if (request.Converter != Fp16Converter.Version)
            throw new WorkerException(WorkerErrorCode.Unsupported, $"version {request.Converter} of the conversion to FP16 is not known here, {Fp16Converter.Version} is");
        ModelGate.Check(request.Model, cancel);
        Conversion? conversion = null;
        BuiltMessage built = ModelWriting.Write("the converted model", request.Path, request.Sha256, target => conversion = Convert(request.Model, request.Keep, target, cancel));
        return built with { Conversion = ReportOf(conversion!) };
    }

    /// <summary>Converts a file that went through <see cref="ModelGate"/>.</summary>
    /// <exception cref="Documents.ProblemException">The model cannot be converted.</exception>
    internal static Conversion Convert(ModelFile model, IReadOnlyCollection<string> keep, Stream target, CancellationToken cancel)
    {
        using FileStream source = File.OpenRead(model.Path);
        return Fp16Converter.Convert(source, model.Path, keep, target, cancel);
    }

    private static ConversionReport ReportOf(Conversion conversion) => new()
    {
        Converter = Fp16Converter.Version,
        Unchanged = conversion.IsUnchanged,
        Tensors = conversion.Tensors,
        Values = conversion.Values,
        Saturated = conversion.Saturated,
        Flushed = conversion.Flushed,
        Subnormal = conversion.Subnormal,
        Folded = conversion.Folded,
        Casts = conversion.Casts,
        HalfNodes = conversion.HalfNodes.Count,
        KeptNodes = conversion.KeptNodes.Count,
        Kept = [.. conversion.KeptNodes.Take(ConversionReport.ListedNodes)],
    };
}
