using System.Text.Json;
using Fleetmark.Models.Zoo;

namespace Fleetmark.Models.Descriptions;

/// <summary>What <c>models list --json</c> prints.</summary>
/// <param name="Schema">Name and version of this form; the version is raised when a member changes its meaning or goes.</param>
/// <param name="Models">By name.</param>
public sealed record ModelList(string Schema, IReadOnlyList<ModelSummary> Models)
{
    /// <summary>The current form.</summary>
    public const string CurrentSchema = "fleetmark.models/1";

    /// <summary>Every model of a zoo.</summary>
    public static ModelList Of(ModelZoo zoo)
    {
        ArgumentNullException.ThrowIfNull(zoo);
        return new ModelList(CurrentSchema, [.. zoo.Definitions.Select(d => ModelSummary.Of(d, zoo.IsBuiltIn(d.Name)))]);
    }

    /// <summary>Indented JSON, members in a fixed order.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, DescriptionJson.Default.ModelList);
}
