using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Fleetmark.Documents;

/// <summary>
/// Strict YAML: one document, mappings with plain unique keys, no anchors, aliases or tags, at most <see cref="MaximumLength"/> characters and
/// <see cref="MaximumDepth"/> levels. What is not understood is a problem with its place, never skipped.
/// </summary>
public static class YamlDocument
{
    /// <summary>Longest accepted text, in characters.</summary>
    public const int MaximumLength = 1 << 20;

    /// <summary>Deepest accepted nesting.</summary>
    public const int MaximumDepth = 32;

    /// <summary>Reads one document.</summary>
    /// <param name="text">The YAML text.</param>
    /// <param name="file">Name used in places.</param>
    /// <exception cref="ProblemException">The text is no such document; the problem says where.</exception>
    public static DocumentNode Read(string text, string file)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length > MaximumLength)
            throw new ProblemException(new Problem("too-long", file, $"the file has {text.Length} characters", $"at most {MaximumLength} are read"));
        var scanner = new Scanner(new StringReader(text));
        try
        {
            var parser = new Parser(scanner);
            parser.Consume<StreamStart>();
            if (parser.Accept<StreamEnd>(out _)) throw new ProblemException(new Problem("empty", file, "the file is empty", "write a mapping"));
            parser.Consume<DocumentStart>();
            DocumentNode root = Node(parser, file, 0);
            parser.Consume<DocumentEnd>();
            if (!parser.Accept<StreamEnd>(out _))
                throw new ProblemException(new Problem("yaml-syntax", At(parser.Current!.Start, file).ToString(), "a second document follows", "keep one"));
            return root;
        }
        catch (YamlException e)
        {
            throw new ProblemException(new Problem("yaml-syntax", At(e.Start, file).ToString(), $"YAML syntax: {Cause(e)}"));
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException)
        {
            // The library's own exceptions do not cover every broken text: a list that is never closed ends up here, for one.
            throw new ProblemException(new Problem(
                "yaml-syntax", At(scanner.CurrentPosition, file).ToString(), "YAML syntax: this cannot be read", "look for a bracket, brace or quote that is not closed before it"));
        }
    }

    private static DocumentNode Node(Parser parser, string file, int depth)
    {
        var found = (ParsingEvent)parser.Current!;
        Location at = At(found.Start, file);
        if (depth > MaximumDepth) throw new ProblemException(new Problem("too-deep", at.ToString(), $"nested deeper than {MaximumDepth} levels"));
        if (found is NodeEvent { Anchor.IsEmpty: false } or AnchorAlias)
            throw new ProblemException(new Problem("yaml-anchor", at.ToString(), "anchors and aliases are not read", "write the value out"));
        if (found is NodeEvent { Tag.IsEmpty: false })
            throw new ProblemException(new Problem("yaml-tag", at.ToString(), "tags are not read", "leave the tag out"));
        parser.MoveNext();
        return found switch
        {
            Scalar scalar => new ScalarNode(at, scalar.Value, scalar.Style is not ScalarStyle.Plain),
            SequenceStart => Sequence(parser, at, file, depth),
            MappingStart => Mapping(parser, at, file, depth),
            _ => throw new ProblemException(new Problem("yaml-syntax", at.ToString(), "a value is missing")),
        };
    }

    private static SequenceNode Sequence(Parser parser, Location at, string file, int depth)
    {
        var items = new List<DocumentNode>();
        while (!parser.TryConsume<SequenceEnd>(out _)) items.Add(Node(parser, file, depth + 1));
        return new SequenceNode(at, items);
    }

    private static MappingNode Mapping(Parser parser, Location at, string file, int depth)
    {
        var entries = new List<MappingEntry>();
        var seen = new Dictionary<string, Location>(StringComparer.Ordinal);
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            DocumentNode key = Node(parser, file, depth + 1);
            if (key is not ScalarNode { Text: var name })
                throw new ProblemException(new Problem("yaml-key", key.At.ToString(), "a key must be plain text"));
            if (seen.TryGetValue(name, out Location first))
                throw new ProblemException(new Problem("duplicate-key", key.At.ToString(), $"'{name}' is given twice, first at line {first.Line}", "keep one"));
            seen.Add(name, key.At);
            entries.Add(new MappingEntry(name, key.At, Node(parser, file, depth + 1)));
        }

        return new MappingNode(at, entries);
    }

    private static Location At(Mark mark, string file) => new(file, (int)Math.Max(1, mark.Line), (int)Math.Max(1, mark.Column));

    private static string Cause(YamlException e) => (e.InnerException?.Message ?? e.Message).TrimEnd('.');
}
