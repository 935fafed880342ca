using System.Text.Json;
using System.Text.Json.Serialization;
using Fleetmark.Models.Emission;
using Fleetmark.Models.Graphs;

namespace Fleetmark.Models.Artifacts;

/// <summary>
/// Remembers which file each recipe gives: <c>recipes/&lt;key&gt;.json</c>. A hint only: the file itself is always verified, an unreadable
/// entry counts as absent, and a new entry replaces an old one.
/// </summary>
internal sealed partial class RecipeIndex(string folder, Func<string, long> freeBytes)
{
    /// <summary>The name of a recipe: everything that decides an emitted file's bytes.</summary>
    internal static Digest KeyOf(ModelDefinition definition) => Digest.OfText($"{definition.Digest}|{OnnxEmitter.WeightsRecipe}|{OnnxEmitter.Version}");

    internal Digest? Find(ModelDefinition definition)
    {
        try
        {
            Recipe? recipe = JsonSerializer.Deserialize(File.ReadAllBytes(PathOf(definition)), RecipeJson.Default.Recipe);
            return recipe is not null && recipe.Definition == definition.Digest.Hex ? Digest.Parse(recipe.Sha256) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    /// <exception cref="Documents.ProblemException">The disk is full or the folder cannot be written; nothing is left behind.</exception>
    internal void Write(ModelDefinition definition, Digest digest)
    {
        var recipe = new Recipe(definition.Name, definition.Digest.Hex, OnnxEmitter.WeightsRecipe, OnnxEmitter.Version, digest.Hex, OnnxEmitter.Size(definition));
        byte[] bytes = JsonSerializer.SerializeToUtf8Bytes(recipe, RecipeJson.Default.Recipe);
        string what = $"the recipe of model {definition.Name}";
        Disk.Write(folder, what, bytes.Length, freeBytes, () =>
        {
            Disk.ThrowIfFull(folder, what, bytes.Length, freeBytes);
            return WriteWhole(PathOf(definition), bytes);
        });
    }

    private static string WriteWhole(string path, byte[] bytes)
    {
        string unfinished = $"{path}.{Guid.NewGuid():N}";
        try
        {
            File.WriteAllBytes(unfinished, bytes);
            File.Move(unfinished, path, overwrite: true);
            return path;
        }
        finally
        {
            File.Delete(unfinished);
        }
    }

    private string PathOf(ModelDefinition definition) => Path.Combine(folder, $"{KeyOf(definition)}.json");

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
    [JsonSerializable(typeof(Recipe))]
    private sealed partial class RecipeJson : JsonSerializerContext;
}
