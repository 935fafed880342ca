namespace Fleetmark.Measurement.Launches;

/// <summary>Why a request to a worker has no answer.</summary>
/// <param name="Code">The failure code an attempt is stored with, such as <c>out-of-memory</c> (last column of <see cref="WorkerErrorTable"/>).</param>
/// <param name="Text">One line for people.</param>
/// <param name="Phase">Where it happened.</param>
/// <param name="Detail">More for experts; null when there is nothing more.</param>
public sealed record LaunchFailure(string Code, string Text, LaunchPhase Phase, string? Detail = null);
