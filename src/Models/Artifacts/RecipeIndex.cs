using System.Text.Json;
using System.Text.Json.Serialization;
using Fleetmark.Models.Emission;
using Fleetmark.Models.Graphs;

namespace Fleetmark.Models.Artifacts;

/// <summary>
/// Remembers which file each recipe gives: <c>recipes/&lt;key&gt;.json</c>. A hint only: the file itself is always verified, an unreadable
/// entry counts as absent, and a new entry replaces an old one.
/// </summary>
internal sealed partial class RecipeIndex(string folder)
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
        catch (Exception e) when (e is IOException or JsonException)
        {
            return null;
        }
    }

    internal void Write(ModelDefinition definition, Digest digest)
    {
        Directory.CreateDirectory(folder);
        var recipe = new Recipe(definition.Name, definition.Digest.Hex, OnnxEmitter.WeightsRecipe, OnnxEmitter.Version, digest.Hex, OnnxEmitter.Size(definition));
        string path = PathOf(definition), unfinished = $"{path}.{Guid.NewGuid():N}";
        try
        {
            File.WriteAllBytes(unfinished, JsonSerializer.SerializeToUtf8Bytes(recipe, RecipeJson.Default.Recipe));
            File.Move(unfinished, path, overwrite: true);
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
