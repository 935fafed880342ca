using Fleetmark.Agent.Fleet;
using Fleetmark.Agent.Workers;

namespace Fleetmark.Agent.Tests.Fleet;

public sealed class RuntimeTests
{
    private static readonly Runtime Configured = new()
    {
        Name = "r",
        Command = new WorkerCommand("/bin/worker", ["a"], new Dictionary<string, string>(StringComparer.Ordinal) { ["X"] = "1", ["CUDA_VISIBLE_DEVICES"] = "0,1,2" }),
        Devices = ["cpu", "nvidia"],
    };

    [Theory]
    [InlineData("nvidia", "GPU-1", "GPU-1")]
    [InlineData("nvidia", "MIG-1", "MIG-1")]
    [InlineData("cpu", "cpu-1", "")]
    public void A_worker_sees_its_own_gpu_and_no_other_whatever_is_configured(string vendor, string uuid, string visible)
    {
        var device = new Device { Uuid = uuid, Vendor = vendor, Name = "x", MemoryMib = 1, Cpus = [0] };
        IReadOnlyDictionary<string, string> environment = Configured.CommandFor(device).Environment;
        Assert.Equal(("1", "PCI_BUS_ID", visible), (environment["X"], environment["CUDA_DEVICE_ORDER"], environment["CUDA_VISIBLE_DEVICES"]));
        Assert.Equal("0", environment["NVIDIA_TF32_OVERRIDE"]);
    }
}
