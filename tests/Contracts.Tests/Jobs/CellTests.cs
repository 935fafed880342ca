using CsCheck;
using Fleetmark.Contracts.Jobs;
using Fleetmark.Measurement.Launches;

namespace Fleetmark.Contracts.Tests.Jobs;

public sealed class CellTests
{
    private static readonly Cell Plain = new()
    {
        Kind = CellKind.Latency,
        Model = "SqueezeNet1_1",
        ArtifactSha256 = string.Concat(Enumerable.Repeat("0123456789abcdef", 4)),
        DeviceClass = "cpu-amd-epyc-2c",
        Precision = Precision.Fp32,
        Batch = 4,
        Crop = 224,
        ResizeShort = 256,
        Provider = "cpu",
        Flavour = "ort131-cpu",
        Scope = Scope.EndToEnd,
    };

    private static readonly Gen<Cell> Cells =
        from names in Gen.Select(Gen.OneOfConst("a", "b", "VGG16"), Gen.OneOfConst("t4", "v100"), Gen.OneOfConst("cpu", "cuda"), Gen.OneOfConst("ort131-cpu", "x"))
        from sizes in Gen.Select(Gen.Int[1, 3], Gen.OneOfConst(224, 256), Gen.OneOfConst(256, 292))
        from words in Gen.Select(Gen.Enum<CellKind>(), Gen.Enum<Precision>(), Gen.Enum<Scope>(), Gen.OneOfConst('a', 'b'))
        from sentinel in Gen.Select(Gen.OneOfConst("a", "b"), Gen.OneOfConst("x", "y"), Gen.Bool)
        from clocks in Gen.OneOfConst(ClockPolicy.Free, new ClockPolicy(ClockRule.Base), new ClockPolicy(ClockRule.Fixed, 585), new ClockPolicy(ClockRule.Fixed, 1590))
        from options in Gen.Dictionary(Gen.OneOfConst("a", "b", "c"), Gen.OneOfConst("0", "1"))[0, 2]
        select new Cell
        {
            Kind = words.Item1,
            Model = names.Item1,
            ArtifactSha256 = new string(words.Item4, 64),
            DeviceClass = names.Item2,
            Precision = words.Item2,
            Batch = sizes.Item1,
            Crop = sizes.Item2,
            ResizeShort = sizes.Item3,
            Provider = names.Item3,
            Flavour = names.Item4,
            Scope = words.Item3,
            Options = [.. options],
            Clocks = clocks,
            Sentinel = sentinel.Item3 ? null : new SentinelMark { Label = sentinel.Item1, Device = sentinel.Item2 },
        };

    /// <summary>Every change of one coordinate alone.</summary>
    public static TheoryData<string> Changes => [.. Changed.Keys];

    private static Dictionary<string, Func<Cell, Cell>> Changed { get; } = new(StringComparer.Ordinal)
    {
        ["kind"] = c => c with { Kind = CellKind.Throughput },
        ["model"] = c => c with { Model = "squeezenet1_1" },
        ["artifact"] = c => c with { ArtifactSha256 = new string('0', 64) },
        ["device class"] = c => c with { DeviceClass = "cpu-amd-epyc-4c" },
        ["precision"] = c => c with { Precision = Precision.Fp16 },
        ["batch"] = c => c with { Batch = 5 },
        ["crop"] = c => c with { Crop = 225 },
        ["resize"] = c => c with { ResizeShort = 292 },
        ["provider"] = c => c with { Provider = "cuda" },
        ["flavour"] = c => c with { Flavour = "ort132-cpu" },
        ["scope"] = c => c with { Scope = Scope.Device },
        ["option"] = c => c with { Options = [new("a", "1")] },
        ["clocks"] = c => c with { Clocks = new ClockPolicy(ClockRule.Base) },
        ["concurrency"] = c => c with { Concurrency = 1 },
        ["sentinel"] = c => c with { Sentinel = new SentinelMark { Label = "a", Device = "cpu-1" } },
    };

    [Fact]
    public void The_canonical_text_is_pinned()
    {
        const string Text = """
            {"v":1,"artifact":"0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef","batch":4,"crop":224,"device":"cpu-amd-epyc-2c","flavour":"ort131-cpu","kind":"latency","model":"SqueezeNet1_1","precision":"fp32","provider":"cpu","resize":256,"scope":"e2e"}
            """;

        Assert.Equal(Text, CellCoordinate.CanonicalJson(Plain));
        Assert.Equal("e621b1126ce10a1f6a655de0370db65668a2ede3a37fecb8e0457685abd2ee6b", Convert.ToHexStringLower(Plain.CoordinateSha256()));
    }

    [Fact]
    public void Options_stand_in_the_text_in_ordinal_order()
    {
        Cell cell = Plain with { Precision = Precision.Int8, Scope = Scope.Device, Options = [new("b", "x\"y"), new("B", "2"), new("a", "é")] };

        Assert.EndsWith(
            """
            "options":{"B":"2","a":"é","b":"x\"y"},"precision":"int8","provider":"cpu","resize":256,"scope":"device"}
            """, CellCoordinate.CanonicalJson(cell), StringComparison.Ordinal);
        Assert.Equal("64209f4bac13c1cb6da355114ef173c3209b9591f17c4f02cd857b30e4fe295d", Convert.ToHexStringLower(cell.CoordinateSha256()));
    }

    [Fact]
    public void A_sentinel_stands_in_the_text_with_its_label_and_device_and_each_makes_another_cell()
    {
        Cell a = Plain with { Sentinel = new SentinelMark { Label = "a", Device = "cpu-0123456789abcdef" } };

        Assert.Contains(
            """
            "device":"cpu-amd-epyc-2c","extra":{"device":"cpu-0123456789abcdef","sentinel":"a"},"flavour":"ort131-cpu"
            """, CellCoordinate.CanonicalJson(a), StringComparison.Ordinal);
        Assert.Equal("954f14ac48764f8e05b87a0b0df4b67ab03e0790cb5f3407c7f3e610e3ba237c", Convert.ToHexStringLower(a.CoordinateSha256()));
        Assert.NotEqual(a, a with { Sentinel = a.Sentinel with { Label = "b" } });
        Assert.NotEqual(a, a with { Sentinel = a.Sentinel with { Device = "cpu-1" } });
    }

    [Fact]
    public void Concurrency_stands_in_the_text_of_a_throughput_cell_alone()
    {
        Cell cell = Plain with { Kind = CellKind.Throughput, Concurrency = 4 };

        Assert.Contains("""
            "batch":4,"concurrency":4,"crop":224
            """, CellCoordinate.CanonicalJson(cell), StringComparison.Ordinal);
        Assert.Contains("\"kind\":\"throughput\"", CellCoordinate.CanonicalJson(cell), StringComparison.Ordinal);
        Assert.DoesNotContain("concurrency", CellCoordinate.CanonicalJson(Plain), StringComparison.Ordinal);
        Assert.Equal("3951f3cdf73b2863c8f4ed31da1dc8e669fd6f36107348808d8d9234a90c3f1d", Convert.ToHexStringLower(cell.CoordinateSha256()));
    }

    [Theory]
    [InlineData(ClockRule.Base, 0, "base")]
    [InlineData(ClockRule.Maximum, 0, "max")]
    [InlineData(ClockRule.Fixed, 1590, "1590")]
    public void A_clock_policy_stands_in_the_text_unless_it_is_the_default(ClockRule rule, int megahertz, string word)
    {
        string text = CellCoordinate.CanonicalJson(Plain with { Clocks = new ClockPolicy(rule, megahertz) });

        Assert.Contains($"\"batch\":4,\"clocks\":\"{word}\",\"crop\":224", text, StringComparison.Ordinal);
        Assert.Equal(CellCoordinate.CanonicalJson(Plain), CellCoordinate.CanonicalJson(Plain with { Clocks = ClockPolicy.Free }));
        Assert.DoesNotContain("clocks", CellCoordinate.CanonicalJson(Plain), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Changes))]
    public void Each_coordinate_alone_makes_another_cell(string coordinate)
    {
        Cell changed = Changed[coordinate](Plain);

        Assert.NotEqual(Plain, changed);
        Assert.NotEqual(Plain.CoordinateSha256(), changed.CoordinateSha256());
    }

    [Fact]
    public void Every_coordinate_of_a_cell_is_covered_above() =>
        Assert.Equal(typeof(Cell).GetProperties().Count(p => p.SetMethod is not null), Changed.Count);

    [Fact]
    public void Cells_are_equal_exactly_when_their_hashes_are() => Gen.Select(Cells, Cells).Sample((one, other) =>
    {
        bool same = one.CoordinateSha256().AsSpan().SequenceEqual(other.CoordinateSha256());
        Assert.Equal(same, one == other);
        Assert.Equal(same, Members(one) == Members(other));
    });

    [Fact]
    public void The_order_in_which_options_were_given_does_not_matter() => Cells.Sample(cell =>
    {
        Cell reversed = cell with { Options = [.. cell.Options.Reverse()] };
        Assert.Equal(cell.CoordinateSha256(), reversed.CoordinateSha256());
        Assert.Equal(cell.GetHashCode(), reversed.GetHashCode());
    });

    [Fact]
    public void Two_spellings_of_one_character_are_one_cell() =>
        Assert.Equal((Plain with { Model = "caf\u00e9" }).CoordinateSha256(), (Plain with { Model = "cafe\u0301" }).CoordinateSha256());

    private static string Members(Cell c) => string.Join(
        '|', c.Kind, c.Model, c.ArtifactSha256, c.DeviceClass, c.Precision, c.Batch, c.Crop, c.ResizeShort, c.Provider, c.Flavour, c.Scope, c.Sentinel, c.Clocks,
        string.Join(',', c.Options.OrderBy(o => o.Key, StringComparer.Ordinal)));
}
