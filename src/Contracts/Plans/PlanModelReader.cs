using System.Text.RegularExpressions;
using Fleetmark.Documents;

namespace Fleetmark.Contracts.Plans;

/// <summary>Reads one model of a plan: a name, or a mapping for a definition or an ONNX file of one's own.</summary>
internal static partial class PlanModelReader
{
    private const int MaximumSidePixels = 1 << 14;
    private const int MaximumTextLength = 1024;

    internal static Placed<PlanModel>? Read(MappingReader plan, DocumentNode node, ICollection<Problem> problems)
    {
        if (node is not MappingNode mapping)
            return PlanNames.Name(plan, node, "models") is { } name ? new Placed<PlanModel>(new PlanModel { Name = name.Value, At = name.At }, name.At) : null;
        int before = problems.Count;
        var model = new MappingReader(mapping, problems);
        Placed<string>? named = model.Node("name", required: true) is { } nameNode ? PlanNames.Name(model, nameNode, "models.name") : null;
        string? file = Line(model, "file"), definition = Line(model, "definition"), input = Line(model, "input"), output = Line(model, "output");
        string? sha256 = Digest(model);
        (int? crop, int? resizeShort) = Image(model, problems);
        if (file is not null && model.Node("definition") is { } second)
            model.Report("contradiction", second.At, "a model has a 'file' or a 'definition', not both", "keep one");
        if (model.Node("file") is null)
            foreach (string key in (string[])["sha256", "input", "output"])
                if (model.Node(key) is { } orphan) model.Report("contradiction", orphan.At, $"'{key}' belongs to a 'file', and there is none", "add the file or remove it");
        if (file is not null && model.Node("image") is null)
            model.Report("missing-key", model.At, "'image' is missing, and a file does not say how large its images are", "write image: { crop: …, resizeShort: … }");
        model.Finish();
        if (named is null || problems.Count > before) return null;
        return new Placed<PlanModel>(
            new PlanModel
            {
                Name = named.Value,
                File = file,
                Sha256 = sha256,
                Definition = definition,
                Crop = crop,
                ResizeShort = resizeShort,
                Input = input,
                Output = output,
                At = named.At,
            },
            named.At);
    }

    /// <summary>A text of one line.</summary>
    private static string? Line(MappingReader model, string key)
    {
        if (model.Node(key) is not { } node || PlanNames.Scalar(model, node, key, "a text") is not { } text) return null;
        if (text.Value.Length is > 0 and <= MaximumTextLength && !text.Value.Any(char.IsControl)) return text.Value;
        model.Report("wrong-value", node.At, $"{key}: expected one line of 1 to {MaximumTextLength} characters", "");
        return null;
    }

    private static string? Digest(MappingReader model)
    {
        if (model.Node("sha256") is not { } node || PlanNames.Scalar(model, node, "sha256", "64 hexadecimal digits") is not { } text) return null;
        if (DigestShape().IsMatch(text.Value)) return text.Value.ToLowerInvariant();
        model.Report("wrong-value", node.At, $"sha256: expected 64 hexadecimal digits, found '{text.Value}'", "'sha256sum FILE' prints them");
        return null;
    }

    private static (int? Crop, int? ResizeShort) Image(MappingReader model, ICollection<Problem> problems)
    {
        if (model.Node("image") is not { } node || MappingReader.Over(node, "image", problems) is not { } image) return (null, null);
        long? crop = image.Integer("crop", 1, MaximumSidePixels, required: true);
        long? resizeShort = image.Integer("resizeShort", 1, MaximumSidePixels, required: true);
        image.Finish();
        if (resizeShort < crop) image.Report("wrong-value", node.At, $"image: expected resizeShort of at least crop ({crop}), found {resizeShort}", "");
        return ((int?)crop, (int?)resizeShort);
    }

    [GeneratedRegex(@"\A[0-9a-fA-F]{64}\z", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex DigestShape();
}
