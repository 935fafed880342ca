using Fleetmark.Measurement.Launches;

namespace Fleetmark.Agent.Models;

/// <summary>What a conversion gave, as remembered beside the model files: <c>fp16/KEY.json</c>. A hint only: the file itself is always verified.</summary>
/// <param name="Model">Name of the model; for readers.</param>
/// <param name="Sha256">SHA-256 of the converted file.</param>
/// <param name="Conversion">What was done.</param>
internal sealed record ConversionRecord(string Model, string Sha256, ConversionReport Conversion);
