using CsCheck;

namespace Fleetmark.Documents.Tests;

public sealed class YamlDocumentTests
{
    [Fact]
    public void Every_node_knows_its_line_and_column()
    {
        var root = Assert.IsType<MappingNode>(YamlDocument.Read("a: 1\nlist:\n  - x\n  - {k: 'v'}\n", "f.yaml"));
        Assert.Equal("f.yaml:1:1", root.At.ToString());
        Assert.Equal("f.yaml:1:4", root.Entries[0].Value.At.ToString());
        Assert.Equal("f.yaml:2:1", root.Entries[1].KeyAt.ToString());
        var list = Assert.IsType<SequenceNode>(root.Entries[1].Value);
        Assert.Equal("f.yaml:3:5", list.Items[0].At.ToString());
        var inner = Assert.IsType<MappingNode>(list.Items[1]);
        Assert.Equal("f.yaml:4:9", inner.Entries[0].Value.At.ToString());
    }

    [Theory]
    [InlineData("a: 1", "1", false, false)]
    [InlineData("a: '1'", "1", true, false)]
    [InlineData("a: \"\"", "", true, false)]
    [InlineData("a:", "", false, true)]
    [InlineData("a: ~", "~", false, true)]
    [InlineData("a: null", "null", false, true)]
    [InlineData("a: 'null'", "null", true, false)]
    [InlineData("a: |\n  two\n  lines\n", "two\nlines\n", true, false)]
    [InlineData("\uFEFFa: 1", "1", false, false)]
    [InlineData("# nothing\r\na: 1\r\n", "1", false, false)]
    public void Scalars_keep_their_text_and_whether_they_were_quoted(string yaml, string text, bool quoted, bool isNull)
    {
        var scalar = Assert.IsType<ScalarNode>(Assert.IsType<MappingNode>(YamlDocument.Read(yaml, "f")).Entries.Single().Value);
        Assert.Equal((text, quoted, isNull), (scalar.Text, scalar.Quoted, scalar.IsNull));
    }

    [Theory]
    [InlineData("", "f: the file is empty; write a mapping")]
    [InlineData("# only a comment\n", "f: the file is empty; write a mapping")]
    [InlineData("a: 1\nb: 2\na: 3\n", "f:3:1: 'a' is given twice, first at line 1; keep one")]
    [InlineData("a: &x 1\n", "f:1:4: anchors and aliases are not read; write the value out")]
    [InlineData("a: *x\n", "f:1:4: anchors and aliases are not read; write the value out")]
    [InlineData("a: !!str 1\n", "f:1:4: tags are not read; leave the tag out")]
    [InlineData("? [a, b]\n: 1\n", "f:1:3: a key must be plain text")]
    [InlineData("a: 1\n---\nb: 2\n", "f:2:1: a second document follows; keep one")]
    public void What_is_not_understood_is_a_problem_with_its_place(string yaml, string problem) =>
        Assert.Equal(problem, Assert.Single(Assert.Throws<ProblemException>(() => YamlDocument.Read(yaml, "f")).Problems).ToString());

    [Theory]
    [InlineData("a: [1, 2\nb: 3\n", "f:2:1: YAML syntax: this cannot be read; look for a bracket")]
    [InlineData("a:\n\tb: 1\n", "f:1:1: YAML syntax")]
    [InlineData("a: 'open\n", "f:1:4: YAML syntax")]
    [InlineData("a: b: c\n", "f:1:")]
    [InlineData("}", "f:1:1: YAML syntax")]
    public void Broken_syntax_is_one_line_with_its_place(string yaml, string start)
    {
        string problem = Assert.Single(Assert.Throws<ProblemException>(() => YamlDocument.Read(yaml, "f")).Problems).ToString();
        Assert.StartsWith(start, problem, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', problem);
        Assert.DoesNotContain("Idx:", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Nesting_has_a_limit()
    {
        string Nested(int depth) => "a: " + new string('[', depth) + new string(']', depth);
        YamlDocument.Read(Nested(YamlDocument.MaximumDepth), "f");
        Assert.Equal("too-deep", Assert.Throws<ProblemException>(() => YamlDocument.Read(Nested(YamlDocument.MaximumDepth + 1), "f")).Problems[0].Code);
        Assert.Equal("too-deep", Assert.Throws<ProblemException>(() => YamlDocument.Read(Nested(100_000), "f")).Problems[0].Code);
    }

    [Fact]
    public void Length_has_a_limit() =>
        Assert.Equal("too-long", Assert.Throws<ProblemException>(() => YamlDocument.Read(new string('#', YamlDocument.MaximumLength + 1), "f")).Problems[0].Code);

    [Fact]
    public void Any_text_gives_a_document_or_a_problem() =>
        Gen.String[Gen.OneOfConst("ab:{}[],\n -'\"&*!|>#?\t\u00e4\ud83d".ToCharArray()), 0, 40].Sample(
            text =>
            {
                try
                {
                    YamlDocument.Read(text, "f");
                }
                catch (ProblemException e)
                {
                    Assert.NotEmpty(e.Problems);
                }
            },
            iter: 10_000);
}
