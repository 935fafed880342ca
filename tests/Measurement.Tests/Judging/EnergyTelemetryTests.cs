using Fleetmark.Measurement.Judging;

namespace Fleetmark.Measurement.Tests.Judging;

public sealed class EnergyTelemetryTests
{
    private static readonly EnergyTelemetry Counted = new() { EnergyMj = 700_000, Seconds = 10, Images = 4000, IdleW = 30, IsEstimated = false };

    [Fact]
    public void Energy_per_image_is_that_of_the_loop_over_its_images_and_net_of_what_the_idle_device_uses()
    {
        Assert.Equal(175_000, Counted.UjPerItem, 6);
        Assert.Equal(100_000, Counted.NetUjPerItem!.Value, 6);
    }

    [Fact]
    public void Without_an_idle_baseline_there_is_no_net_energy() => Assert.Null((Counted with { IdleW = null }).NetUjPerItem);

    [Theory]
    [InlineData(false, false, false, "")]
    [InlineData(true, false, false, "energy-unmeasured")]
    [InlineData(true, true, false, "")]
    [InlineData(true, true, true, "energy-estimated")]
    public void What_was_asked_and_not_told_or_only_estimated_is_noted(bool isAsked, bool isMeasured, bool isEstimated, string note) =>
        Assert.Equal(note.Length == 0 ? [] : [note], EnergyTelemetry.NotesOf(isAsked, isMeasured ? Counted with { IsEstimated = isEstimated } : null));
}
