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
        var cell = new Cell
        {
            Kind = CellKind.Latency,
            Model = "AlexNet",
            ArtifactSha256 = new string('a', 64),
            DeviceClass = "c",
            Precision = precision,
            Batch = 1,
            Crop = 224,
            ResizeShort = 256,
            Provider = provider,
            Flavour = "f",
            Scope = Scope.EndToEnd,
        };
        Assert.Equal(isAllowed, LaunchSpecifications.Of(new JobSpecification(new JobId(1), new RunId(1), cell, 0, Effort.Quick, 1, false, null, null)).AllowEmulated);
    }
}
