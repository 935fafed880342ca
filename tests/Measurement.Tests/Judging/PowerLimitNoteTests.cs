using Fleetmark.Measurement.Judging;

namespace Fleetmark.Measurement.Tests.Judging;

public sealed class PowerLimitNoteTests
{
    [Fact]
    public void The_note_says_what_the_card_kept()
    {
        Assert.Equal("power-limited (sustained 1095 MHz)", PowerLimitNote.Of(1095.4));
        Assert.Equal("power-limited", PowerLimitNote.Of(null));
    }

    [Fact]
    public void Launches_with_different_clocks_are_one_note_with_their_median() => Assert.Equal(
        ["drift", "power-limited (sustained 1100 MHz)", "uncalibrated"],
        PowerLimitNote.Unite(["drift", PowerLimitNote.Of(1090), "drift", PowerLimitNote.Of(1100), PowerLimitNote.Of(1200), "uncalibrated"]));

    [Fact]
    public void Without_a_clock_there_is_none_to_tell() => Assert.Equal(["power-limited"], PowerLimitNote.Unite([PowerLimitNote.Of(null), PowerLimitNote.Of(null)]));

    [Fact]
    public void Other_notes_stay_as_they_are() => Assert.Equal(["uncounted", "drift"], PowerLimitNote.Unite(["uncounted", "drift", "uncounted"]));
}
