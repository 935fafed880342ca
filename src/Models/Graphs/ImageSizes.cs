namespace Fleetmark.Models.Graphs;

/// <summary>How an image becomes an input.</summary>
/// <param name="Crop">Side of the square centre crop, in pixels; equals the model's height and width.</param>
/// <param name="ResizeShort">Length of the shorter side before the crop, in pixels; at least <paramref name="Crop"/>.</param>
public sealed record ImageSizes(int Crop, int ResizeShort);
