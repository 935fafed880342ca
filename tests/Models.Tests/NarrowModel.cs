using System.Globalization;
using System.Text.RegularExpressions;
using Fleetmark.Models.Graphs;
using Fleetmark.Models.Zoo;

namespace Fleetmark.Models.Tests;

/// <summary>A built-in model with an eighth of its channels: every node, size and connection of the real one, and a file that a test can run.</summary>
internal static partial class NarrowModel
{
    private const int Factor = 8;

    internal static ModelDefinition Of(string builtIn)
    {
        ModelDefinition wide = ModelZoo.BuiltIn.Find(builtIn, "");
        string text = Channels().Replace(wide.Text, match => (int.Parse(match.Value, CultureInfo.InvariantCulture) / Factor).ToString(CultureInfo.InvariantCulture));
        return ModelDefinition.Read(text.Replace($"model: {builtIn}", $"model: {builtIn}-narrow", StringComparison.Ordinal), $"{builtIn}-narrow.yaml");
    }

    /// <summary>Channels and features of a node; the three planes of an image and the classes stay.</summary>
    [GeneratedRegex(@"(?<=\b(?:cin: |cout: |out: \[))(?!3,|1000\b)[0-9]+", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Channels();
}
