using Fleetmark.Contracts.Fleet.Wire;
using Fleetmark.Contracts.Jobs;
using Fleetmark.Contracts.Runs;
using Fleetmark.Measurement.Efforts;
using Fleetmark.Measurement.Launches;
using Fleetmark.Silo.Fleet;
using Fleetmark.Storage.Jobs;

namespace Fleetmark.Silo.Tests.Fleet;

public sealed class LaunchSpecificationsTests
{
    [Theory]
    [InlineData(Precision.Fp16, "cpu", true)]
    [InlineData(Precision.Fp16, "cuda", false)]
    [InlineData(Precision.Fp32, "cpu", false)]
    public void Emulation_is_allowed_where_a_cell_could_not_be_assigned_without(Precision precision, string provider, bool isAllowed)
    {
        Assert.Equal(isAllowed, Of(Plain with { Precision = precision, Provider = provider }).AllowEmulated);
    }

    [Fact]
    public void A_clock_policy_is_said_unless_it_is_the_default()
    {
        Assert.Equal("", Of(Plain).Clocks);
        Assert.Equal("base", Of(Plain with { Clocks = new ClockPolicy(ClockRule.Base) }).Clocks);
        Assert.Equal("1590", Of(Plain with { Clocks = new ClockPolicy(ClockRule.Fixed, 1590) }).Clocks);
    }

    [Fact]
    public void Energy_is_asked_for_where_the_plan_does_and_never_of_sentinels()
    {
        Assert.True(Of(Plain, energy: true).Energy);
        Assert.False(Of(Plain).Energy);
        Assert.False(Of(Plain with { Sentinel = new SentinelMark { Label = "a", Device = "GPU-1" } }, energy: true).Energy);
    }

    private static readonly Cell Plain = new()
    {
        Kind = CellKind.Latency,
        Model = "AlexNet",
        ArtifactSha256 = new string('a', 64),
        DeviceClass = "c",
        Precision = Precision.Fp32,
        Batch = 1,
        Crop = 224,
        ResizeShort = 256,
        Provider = "cuda",
        Flavour = "f",
        Scope = Scope.EndToEnd,
    };

    private static LaunchSpecification Of(Cell cell, bool energy = false) =>
        LaunchSpecifications.Of(new JobSpecification(new JobId(1), new RunId(1), cell, 0, Effort.Quick, 1, energy, null, null));
}
