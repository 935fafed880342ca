using System.Security.Cryptography;
using System.Text;
using Fleetmark.Measurement.Launches;

namespace Fleetmark.Agent.Models;

/// <summary>The FP16 file a launch needs.</summary>
/// <param name="Name">Name of the model.</param>
/// <param name="SourceSha256">SHA-256 of the FP32 file, 64 lower-case hexadecimal digits.</param>
/// <param name="Keep">Names of nodes that stay in FP32 beside those that do by rule, in ordinal order.</param>
internal sealed record ConversionRecipe(string Name, string SourceSha256, IReadOnlyList<string> Keep)
{
    /// <summary>Everything that decides the bytes, as a file name.</summary>
    internal string Key => Keep.Count == 0
        ? $"{SourceSha256}-v{ConvertRequest.CurrentConverter}"
        : $"{SourceSha256}-v{ConvertRequest.CurrentConverter}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', Keep))))[..16]}";
}
