using System.Text.Json;
using Fleetmark.Contracts.Results;
using Fleetmark.Fixtures;
using Fleetmark.Silo.Jobs;

namespace Fleetmark.Silo.Tests.Jobs;

public sealed class ResultSoundnessTests
{
    [Theory]
    [InlineData(32, "{}", true)]
    [InlineData(31, "{}", false)]
    [InlineData(0, "{}", false)]
    [InlineData(32, "7", false)]
    public void An_inspection_has_a_digest_and_a_detail(int digest, string detail, bool isSound) => Assert.Equal(isSound, ResultSoundness.IsSound(Result(
        new InspectionReport { ModelSha256 = "a", Converter = 1, GraphSha256 = new byte[digest], Detail = JsonElement.Parse(detail) })));

    [Fact]
    public void Without_an_inspection_a_result_is_sound_too() => Assert.True(ResultSoundness.IsSound(Result(null)));

    private static AttemptResult Result(InspectionReport? inspection) => new()
    {
        ClusterId = Guid.Empty,
        JobId = 1,
        Attempt = 1,
        DeviceUuid = "d",
        Launches = [SampleLaunch.Valid()],
        Inspection = inspection,
    };
}
