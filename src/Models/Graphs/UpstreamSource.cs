namespace Fleetmark.Models.Graphs;

/// <summary>The public source a definition was written from.</summary>
/// <param name="Repo">Owner and name.</param>
/// <param name="Commit">Commit the facts were read at.</param>
/// <param name="File">File in the repository.</param>
public sealed record UpstreamSource(string Repo, string Commit, string File);
