using Fleetmark.Contracts.Fleet;
using Fleetmark.Contracts.Jobs;
using Fleetmark.Contracts.Runs;
using Fleetmark.Silo.Jobs;
using Fleetmark.Storage.Jobs;

namespace Fleetmark.Silo.Tests.Jobs;

public sealed class JobChoiceTests
{
    [Fact]
    public void A_device_gets_the_first_waiting_job_it_can_run()
    {
        IReadOnlyList<ChosenPair> pairs = JobChoice.Choose([Device(7, "provider:cpu")], [Job(1, "provider:cuda"), Job(2, "provider:cpu"), Job(3, "provider:cpu")]);

        ChosenPair pair = Assert.Single(pairs);
        Assert.Equal((2, 7), (pair.Job.JobId.Value, pair.Device.DeviceId));
    }

    [Fact]
    public void Two_devices_never_get_one_job() =>
        Assert.Equal([(1L, 7), (2L, 8)], JobChoice.Choose([Device(7), Device(8)], [Job(1), Job(2), Job(3)]).Select(p => (p.Job.JobId.Value, p.Device.DeviceId)));

    [Fact]
    public void A_job_that_fits_nobody_waits() => Assert.Empty(JobChoice.Choose([Device(7, "provider:cpu")], [Job(1, "provider:cpu", "precision:fp16")]));

    [Fact]
    public void A_pinned_job_runs_on_its_device_only()
    {
        WaitingJob pinned = Job(1) with { PinnedDevice = 8 };

        Assert.Empty(JobChoice.Choose([Device(7)], [pinned]));
        Assert.Single(JobChoice.Choose([Device(8)], [pinned]));
    }

    [Fact]
    public void An_excluded_device_is_passed_over() => Assert.Empty(JobChoice.Choose([Device(7)], [Job(1) with { ExcludedDevices = [7] }]));

    [Theory]
    [InlineData(4096, 2048, true)]
    [InlineData(1024, 2048, false)]
    [InlineData(null, 2048, true)]
    [InlineData(1024, null, true)]
    public void A_job_needs_its_memory_where_both_are_known(int? device, int? job, bool fits) =>
        Assert.Equal(fits, JobChoice.Fits(Job(1) with { MinMemoryMebibytes = job }, Device(7) with { MemoryMebibytes = device }));

    private static ReadyDevice Device(int id, params string[] capabilities) => new() { DeviceId = id, Incarnation = 1, Capabilities = capabilities };

    private static WaitingJob Job(long id, params string[] requires) => new(new JobId(id), new RunId(1), requires, null, null, []);
}
