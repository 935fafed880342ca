namespace Fleetmark.Documents.Tests;

public sealed class MappingReaderTests
{
    private static readonly Dictionary<string, int> Words = new(StringComparer.Ordinal) { ["fp32"] = 32, ["fp16"] = 16 };

    private readonly List<Problem> _problems = [];

    [Theory]
    [InlineData("k:", "f:1:1")]
    [InlineData("j: 1\nk: ~", "f:2:1")]
    [InlineData("k: []", null)]
    [InlineData("k: ''", null)]
    [InlineData("j:", null)]
    public void A_key_with_nothing_behind_it_is_told_from_one_that_is_absent(string yaml, string? at) => Assert.Equal(at, Read(yaml).EmptyAt("k")?.ToString());

    [Fact]
    public void Values_are_read_by_kind()
    {
        MappingReader reader = Read("text: '7'\nwhole: 7\nfraction: 1.5e-3\nflag: true\nlist: [1, 2]\nword: FP16\nnothing: ~\n");
        Assert.Equal("7", reader.Text("text"));
        Assert.Equal(7, reader.Integer("whole", 1, 9));
        Assert.Equal(0.0015, reader.Number("fraction"));
        Assert.True(reader.Flag("flag"));
        Assert.Equal(2, reader.Items("list")!.Count);
        Assert.Equal(16, reader.Choice("word", Words));
        Assert.Null(reader.Text("nothing"));
        Assert.Null(reader.Text("absent"));
        reader.Finish();
        Assert.Empty(_problems);
    }

    [Theory]
    [InlineData("k: 10", "f:1:4: k: expected a whole number from 1 to 9, found '10'")]
    [InlineData("k: 0", "f:1:4: k: expected a whole number from 1 to 9, found '0'")]
    [InlineData("k: '7'", "f:1:4: k: expected a whole number from 1 to 9, found '7'")]
    [InlineData("k: 7.0", "f:1:4: k: expected a whole number from 1 to 9, found '7.0'")]
    [InlineData("k: [7]", "f:1:4: k: expected a whole number from 1 to 9, found a list")]
    [InlineData("k: {a: 7}", "f:1:4: k: expected a whole number from 1 to 9, found a mapping")]
    [InlineData("k: 99999999999999999999", "f:1:4: k: expected a whole number from 1 to 9, found '99999999999999999999'")]
    [InlineData("j: 7", "f:1:1: 'k' is missing")]
    public void A_wrong_whole_number_is_told(string yaml, string problem)
    {
        Assert.Null(Read(yaml).Integer("k", 1, 9, required: true));
        Assert.Equal(problem, Assert.Single(_problems).ToString());
    }

    [Theory]
    [InlineData("k: .inf")]
    [InlineData("k: 1e999")]
    [InlineData("k: NaN")]
    [InlineData("k: '1'")]
    [InlineData("k: 1,5")]
    public void Only_finite_numbers_are_numbers(string yaml)
    {
        Assert.Null(Read(yaml).Number("k"));
        Assert.StartsWith("f:1:4: k: expected a number", Assert.Single(_problems).ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("k: yes")]
    [InlineData("k: 'true'")]
    [InlineData("k: 1")]
    public void Only_true_and_false_are_flags(string yaml)
    {
        Assert.Null(Read(yaml).Flag("k"));
        Assert.StartsWith("f:1:4: k: expected true or false, found", Assert.Single(_problems).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_flag_is_told_when_it_must_be_there()
    {
        Assert.Null(Read("j: 1").Flag("k", required: true));
        Assert.Equal("f:1:1: 'k' is missing", Assert.Single(_problems).ToString());
    }

    [Fact]
    public void A_mistyped_key_that_must_be_there_is_one_problem()
    {
        MappingReader reader = Read("latncy: 1");
        Assert.Null(reader.Text("latency", required: true));
        reader.Finish();
        Assert.Equal("f:1:1: unknown key 'latncy'; did you mean 'latency'?", Assert.Single(_problems).ToString());
    }

    [Fact]
    public void A_key_that_is_missing_and_one_that_is_unknown_are_two_problems()
    {
        MappingReader reader = Read("colour: 1");
        Assert.Null(reader.Text("latency", required: true));
        reader.Finish();
        Assert.Equal(["f:1:1: 'latency' is missing", "f:1:1: unknown key 'colour'; known: latency"], _problems.Select(p => p.ToString()));
    }

    [Fact]
    public void An_unknown_word_suggests_the_nearest()
    {
        Assert.Null(Read("k: fp61").Choice("k", Words));
        Assert.Equal("f:1:4: k: 'fp61' is not known; did you mean 'fp16'?", Assert.Single(_problems).ToString());
    }

    [Fact]
    public void Keys_nobody_asked_for_are_told_with_the_nearest_known_one()
    {
        MappingReader reader = Read("batchs: [1]\nzzz: 1\n");
        reader.Items("batches");
        reader.Finish();
        Assert.Equal(["f:1:1: unknown key 'batchs'; did you mean 'batches'?", "f:2:1: unknown key 'zzz'; known: batches"], _problems.Select(p => p.ToString()));
    }

    [Fact]
    public void Problems_name_the_subject_where_the_place_alone_says_little()
    {
        var mapping = (MappingNode)YamlDocument.Read("k: x", "f");
        new MappingReader(mapping, _problems) { Subject = "node 'conv1'" }.Integer("k", 0, 1);
        Assert.Equal("f:1:4: node 'conv1': k: expected a whole number from 0 to 1, found 'x'", Assert.Single(_problems).ToString());
    }

    [Fact]
    public void Something_else_than_a_mapping_is_told()
    {
        Assert.Null(MappingReader.Over(YamlDocument.Read("[1]", "f"), "latency", _problems));
        Assert.Equal("f:1:1: latency must be a mapping (key: value)", Assert.Single(_problems).ToString());
    }

    [Fact]
    public void A_text_where_a_list_belongs_is_told_and_the_other_way_round()
    {
        MappingReader reader = Read("list: a\ntext: [a]\n");
        Assert.Null(reader.Items("list"));
        Assert.Null(reader.Text("text"));
        Assert.Equal(["f:1:7: list: expected a list: [a, b], found 'a'", "f:2:7: text: expected a text, found a list"], _problems.Select(p => p.ToString()));
    }

    private MappingReader Read(string yaml) => MappingReader.Over(YamlDocument.Read(yaml, "f"), "the plan", _problems)!;
}
