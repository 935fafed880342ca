using Fleetmark.Agent.Calibration;
using Fleetmark.Agent.Fleet;
using Fleetmark.Measurement.Launches;

namespace Fleetmark.Agent.Tests.Calibration;

public sealed class SoakLaunchTests
{
    [Fact]
    public void The_worker_is_told_of_the_card_what_every_launch_tells()
    {
        var card = new Device { Uuid = "GPU-1", Vendor = Device.NvidiaVendor, Name = "Tesla T4", MemoryMib = 15360, Cpus = [1], ComputeCapability = "7.5", Driver = "570.86.15" };
        LaunchRequest request = SoakLaunch.Request(card, new ModelFile { Path = "/m", Format = "onnx" }, "/w");
        Assert.Equal(new LaunchDevice { Uuid = "GPU-1", ComputeCapability = "7.5", Name = "Tesla T4", Driver = "570.86.15" }, request.Device);
    }
}
