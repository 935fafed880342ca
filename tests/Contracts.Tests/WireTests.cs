using System.Collections;
using System.Reflection;
using Fleetmark.Contracts.Fleet;
using Fleetmark.Contracts.Jobs;
using Fleetmark.Contracts.Plans;
using Fleetmark.Contracts.Runs;
using Fleetmark.Measurement.Efforts;
using Fleetmark.Measurement.Launches;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;

namespace Fleetmark.Contracts.Tests;

/// <summary>What travels between Orleans processes keeps its name and its content.</summary>
public sealed class WireTests
{
    private static readonly SentinelMark Sentinel = new() { Label = "a", Device = "GPU-1" };

    private static readonly Cell Cell = new()
    {
        Kind = CellKind.Latency,
        Model = "VGG16",
        ArtifactSha256 = new string('a', 64),
        DeviceClass = "t4",
        Precision = Precision.Fp16,
        Batch = 8,
        Crop = 224,
        ResizeShort = 256,
        Provider = "cuda",
        Flavour = "ort122-cuda12",
        Scope = Scope.EndToEnd,
        Options = [new("enable_cuda_graph", "1"), new("prefer_nhwc", "0")],
        Sentinel = Sentinel,
    };

    private static readonly PlanArtifact Artifact = new()
    {
        Name = "VGG16",
        Sha256 = new string('a', 64),
        SizeBytes = 553_430_000_000,
        Opset = 17,
        Definition = "model: VGG16",
        Weights = "synthetic-v1",
        Crop = 224,
        ResizeShort = 256,
        Counts = new Dictionary<string, long>(StringComparer.Ordinal) { ["macs"] = 15_470_264_320 },
        FixedBatch = 4,
    };

    private static readonly ReadyDevice Device = new() { DeviceId = 3, Incarnation = 9, Capabilities = ["provider:cuda"], MemoryMebibytes = 15360 };

    private static readonly RuntimeFinding Finding = new() { Flavour = "ort131-cuda13", Provider = "cuda", State = "unsupported-arch", Reason = "no kernels for sm_70" };

    /// <summary>One full value of every type that travels; the gateway of a report is a grain reference and is tested where silos are.</summary>
    private static readonly object[] Values =
    [
        new RunId(1842),
        new JobId(77),
        Cell,
        Sentinel,
        new ClockPolicy(ClockRule.Fixed, 1590),
        Artifact,
        Device,
        new DeviceClass { Slug = "t4", Vendor = "nvidia", DisplayName = "Tesla T4", Capabilities = ["provider:cuda", "precision:fp16"], Offered = true, Findings = [Finding], Devices = ["GPU-1", "GPU-2"] },
        Finding,
        new Assignment { JobId = new JobId(77), Attempt = 2, DeviceId = 3 },
        new ReadyReport { Silo = "silo-1", Gateway = null!, Devices = [Device] },
        new RunStatus { RunId = new RunId(1842), State = RunState.Partial, Jobs = 9, Ready = 4, Leased = 1 },
        SubmitOutcome.Accepted(new RunId(1842)),
        new SubmitRequest
        {
            IdempotencyKey = "k", PlanSource = "name: p", PlanFile = "p.yaml", Artifacts = [Artifact], Effort = Effort.Publish, Owner = "ada", Priority = 20, OrderSeed = -5,
            OfferedClassesOnly = true, Sentinels = [Artifact],
        },
    ];

    public static TheoryData<string> WireTypes => [.. Types<GenerateSerializerAttribute>().Select(t => t.Name)];

    [Fact]
    public void Every_alias_is_in_the_list_and_belongs_to_one_type()
    {
        string[] listed = [.. typeof(WireAliases).GetFields(BindingFlags.Static | BindingFlags.NonPublic).Select(f => (string)f.GetRawConstantValue()!)];
        string[] used = [.. Types<AliasAttribute>().Select(t => t.GetCustomAttribute<AliasAttribute>()!.Alias)];

        Assert.Equal(listed.Order(StringComparer.Ordinal), used.Order(StringComparer.Ordinal));
        Assert.Equal(listed.Length, listed.Distinct(StringComparer.Ordinal).Count());
        Assert.All(listed, alias => Assert.StartsWith("fleetmark.", alias, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_type_that_travels_has_an_alias_and_numbered_members()
    {
        foreach (Type type in Types<GenerateSerializerAttribute>())
        {
            Assert.NotNull(type.GetCustomAttribute<AliasAttribute>());
            PropertyInfo[] stored = [.. type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.SetMethod is not null)];
            uint[] ids = [.. stored.Select(p => p.GetCustomAttribute<IdAttribute>() is { } id ? id.Id : throw new InvalidOperationException($"{type.Name}.{p.Name} has no [Id]"))];
            Assert.Equal(ids.Length, ids.Distinct().Count());
        }
    }

    [Fact]
    public void Every_verb_of_a_grain_has_an_alias_unique_in_its_interface()
    {
        foreach (Type grain in Types<AliasAttribute>().Where(t => t.IsInterface))
        {
            string[] aliases = [.. grain.GetMethods().Select(m => m.GetCustomAttribute<AliasAttribute>()?.Alias ?? throw new InvalidOperationException($"{grain.Name}.{m.Name} has no alias"))];
            Assert.Equal(aliases.Length, aliases.Distinct(StringComparer.Ordinal).Count());
        }
    }

    [Theory]
    [MemberData(nameof(WireTypes))]
    public void A_value_arrives_as_it_was_sent(string type)
    {
        object sent = Assert.Single(Values, v => v.GetType().Name == type);

        AssertSame(sent, RoundTrip(sent), type);
    }

    [Fact]
    public void A_refusal_arrives_with_its_problems()
    {
        var arrived = (SubmitOutcome)RoundTrip(SubmitOutcome.Refused(["p.yaml:1:1: no"]));

        Assert.False(arrived.IsAccepted);
        Assert.Equal(["p.yaml:1:1: no"], arrived.Problems);
    }

    [Fact]
    public void A_cell_keeps_its_identity_on_the_wire() => Assert.Equal(Cell.CoordinateSha256(), ((Cell)RoundTrip(Cell)).CoordinateSha256());

    private static object RoundTrip(object value)
    {
        using ServiceProvider services = new ServiceCollection().AddSerializer().BuildServiceProvider();
        Serializer serializer = services.GetRequiredService<Serializer>();
        return serializer.Deserialize<object>(serializer.SerializeToArray(value))!;
    }

    /// <summary>Member by member: a record with a list compares the list by reference.</summary>
    private static void AssertSame(object? sent, object? arrived, string path)
    {
        if (sent is null or string || sent.GetType().IsPrimitive || sent.GetType().IsEnum)
        {
            Assert.True(Equals(sent, arrived), $"{path}: sent {sent}, arrived {arrived}");
            return;
        }

        Assert.NotNull(arrived);
        if (sent is IEnumerable items)
        {
            object?[] one = [.. items.Cast<object?>()], other = [.. ((IEnumerable)arrived).Cast<object?>()];
            Assert.True(one.Length == other.Length, $"{path}: sent {one.Length}, arrived {other.Length}");
            for (int i = 0; i < one.Length; i++) AssertSame(one[i], other[i], $"{path}[{i}]");
            return;
        }

        Assert.Equal(sent.GetType(), arrived.GetType());
        foreach (PropertyInfo property in sent.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance))
            AssertSame(property.GetValue(sent), property.GetValue(arrived), $"{path}.{property.Name}");
    }

    private static IEnumerable<Type> Types<T>() where T : Attribute =>
        typeof(Cell).Assembly.GetTypes().Where(t => t.GetCustomAttribute<T>() is not null && t.Namespace?.StartsWith("Fleetmark.", StringComparison.Ordinal) == true);
}
