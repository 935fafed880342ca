namespace Fleetmark.Models.Artifacts;

/// <summary>A model file of the cache. Files are named by their content and never change.</summary>
/// <param name="Sha256">Digest of its bytes.</param>
/// <param name="Path">Absolute path.</param>
/// <param name="SizeBytes">Its size.</param>
public sealed record Artifact(Digest Sha256, string Path, long SizeBytes);
