using Fleetmark.Agent.Fleet;
using Fleetmark.Agent.Telemetry;

namespace Fleetmark.Agent.Tests.Fleet;

public sealed class CoreChoiceTests : IDisposable
{
    private readonly TemporaryFolder _root = new();

    public void Dispose() => _root.Dispose();

    [Fact]
    public void The_core_lies_near_the_gpu()
    {
        Near("0000:3b:00.0", "4-7");
        Near("0000:af:00.0", "0-3");
        CoreChoice choice = Among(0, 1, 2, 3, 4, 5, 6, 7);
        Assert.Equal([4, 1, 5], [choice.For("0000:3b:00.0"), choice.For("0000:af:00.0"), choice.For("0000:3b:00.0")]);
    }

    [Fact]
    public void Core_0_comes_last()
    {
        CoreChoice choice = Among(0, 1, 2);
        Assert.Equal([1, 2, 0], [choice.For(null), choice.For(null), choice.For(null)]);
    }

    [Fact]
    public void Threads_of_one_core_are_not_given_to_two_gpus_as_long_as_there_are_others()
    {
        for (int core = 0; core < 4; core++) Siblings(core, $"{core},{core + 4}");
        for (int core = 4; core < 8; core++) Siblings(core, $"{core - 4},{core}");
        CoreChoice choice = Among(0, 1, 2, 3, 4, 5, 6, 7);
        Assert.Equal([1, 2, 3], [choice.For(null), choice.For(null), choice.For(null)]);
        Assert.Equal(4, choice.For(null));
    }

    [Fact]
    public void A_gpu_whose_near_cores_are_not_allowed_gets_another()
    {
        Near("0000:3b:00.0", "8-11");
        Assert.Equal(1, Among(0, 1).For("0000:3b:00.0"));
    }

    [Fact]
    public void More_gpus_than_cores_share_one()
    {
        CoreChoice choice = Among(0);
        Assert.Equal([0, 0], [choice.For(null), choice.For(null)]);
    }

    private CoreChoice Among(params int[] allowed) => new(new HostFiles(_root.Path), allowed);

    private void Near(string pciId, string cores) => _root.Save($"sys/bus/pci/devices/{pciId}/local_cpulist", cores + "\n");

    private void Siblings(int core, string threads) => _root.Save($"sys/devices/system/cpu/cpu{core}/topology/thread_siblings_list", threads + "\n");
}
