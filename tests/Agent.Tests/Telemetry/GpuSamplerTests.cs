using System.Globalization;
using Fleetmark.Agent.Nvml;
using Fleetmark.Agent.Telemetry;
using Fleetmark.Agent.Tests.Nvml;
using Microsoft.Extensions.Time.Testing;

namespace Fleetmark.Agent.Tests.Telemetry;

/// <summary>The sampler over a library that is no replay, on a machine whose process numbers are the driver's. The worker is process 500, which started 501.</summary>
[Collection(nameof(OneLibraryAtATime))]
public sealed class GpuSamplerTests : IAsyncLifetime
{
    private const int Worker = 500;
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(1);

    private readonly TemporaryFolder _root = new();
    private readonly FakeTimeProvider _clock = new();
    private NvmlLibrary _library = null!;
    private GpuSampler _sampler = null!;

    public ValueTask InitializeAsync()
    {
        FakeNvml.Reset();
        Directory.CreateDirectory(_root.At("proc", "self", "ns"));
        File.CreateSymbolicLink(_root.At("proc", "self", "ns", "pid"), "pid:[4026531836]");
        _library = NvmlLibrary.Open(FakeNvml.Symbol);
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _sampler.DisposeAsync();
        _library.Dispose();
        _root.Dispose();
        FakeNvml.Reset();
    }

    [Fact]
    public async Task The_worker_and_what_it_started_are_no_strangers()
    {
        await BeginAsync();
        Starts(Worker, 501);
        _sampler.Started(Worker);
        FakeNvml.Compute(Worker, 501);
        await ReadAsync();
        Assert.Equal(new GpuCensus(2, 0), _sampler.Latest!.Processes);
        FakeNvml.Compute();
        Assert.False((await EndAsync()).HasForeignProcess);
    }

    [Fact]
    public async Task A_child_that_came_later_is_found_when_it_is_listed()
    {
        await BeginAsync();
        Starts(Worker);
        _sampler.Started(Worker);
        FakeNvml.Compute(Worker);
        await ReadAsync();
        Starts(Worker, 501);
        FakeNvml.Compute(Worker, 501);
        await ReadAsync();
        Assert.Equal(new GpuCensus(2, 0), _sampler.Latest!.Processes);
    }

    [Fact]
    public async Task Another_process_is_one_stranger_also_beside_no_worker()
    {
        await BeginAsync();
        Starts(Worker);
        _sampler.Started(Worker);
        FakeNvml.Compute(77);
        await ReadAsync();
        Assert.Equal(new GpuCensus(1, 1), _sampler.Latest!.Processes);
        FakeNvml.Compute();
        Assert.True((await EndAsync()).HasForeignProcess);
    }

    [Fact]
    public async Task A_worker_before_that_the_driver_forgets_in_time_is_no_stranger()
    {
        FakeNvml.Compute(77);
        Open();
        Task begun = _sampler.BeginAsync();
        await ReadAsync();
        Assert.False(begun.IsCompleted);
        FakeNvml.Compute();
        await PassAsync(begun);

        Assert.Equal(new GpuCensus(0, 0), _sampler.Latest!.Processes);
        GpuLaunchTrace trace = await EndAsync();
        Assert.False(trace.HasForeignProcess);
        Assert.NotNull(trace.Samples[0].Counters);
        Assert.All(trace.Samples, sample => Assert.Equal(0, sample.Processes!.Value.Count));
    }

    [Fact]
    public async Task What_is_still_listed_after_two_seconds_was_there_before_the_launch()
    {
        FakeNvml.Compute(77);
        Open();
        long opened = _clock.GetTimestamp();
        await PassAsync(_sampler.BeginAsync(), 50 * Moment);
        Assert.InRange(_clock.GetElapsedTime(opened), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(30));
        FakeNvml.Compute();
        Assert.True((await EndAsync()).HasForeignProcess);
    }

    [Fact]
    public async Task A_worker_that_is_gone_may_be_listed_for_a_while()
    {
        await BeginAsync();
        _sampler.Started(Worker);
        FakeNvml.Compute(Worker);
        await ReadAsync();
        Task<GpuLaunchTrace> end = _sampler.EndAsync();
        await ReadAsync();
        Assert.False(end.IsCompleted);
        FakeNvml.Compute();
        await PassAsync(end);
        Assert.False((await end).HasForeignProcess);
    }

    [Fact]
    public async Task A_worker_that_is_listed_two_seconds_after_its_end_left_something_behind()
    {
        await BeginAsync();
        _sampler.Started(Worker);
        FakeNvml.Compute(Worker);
        await ReadAsync();
        Task<GpuLaunchTrace> end = _sampler.EndAsync();
        await PassAsync(end, 50 * Moment);
        Assert.True((await end).HasForeignProcess);
    }

    [Fact]
    public async Task The_bus_is_watched_once_a_second_however_often_counters_are_asked_for()
    {
        await BeginAsync();
        for (int beat = 0; beat < 25; beat++)
        {
            await ReadAsync();
            int before = FakeNvml.Count("energy");
            _sampler.Edge();
            await Eventually.Async("counters", () => FakeNvml.Count("energy") > before);
        }

        GpuLaunchTrace trace = await EndAsync();
        Assert.Equal(2 * 3, FakeNvml.Count("pcie"));
        Assert.Equal(3, trace.Samples.Count(sample => (sample.PcieSent, sample.PcieReceived) == (100u, 101u)));
        long[] at = [.. trace.Samples.Where(sample => sample.PcieSent is not null).Select(sample => sample.At)];
        Assert.All(at.Zip(at.Skip(1)), pair => Assert.True(_clock.GetElapsedTime(pair.First, pair.Second) >= TimeSpan.FromSeconds(1)));
    }

    private void Open() => _sampler = new GpuSampler(new HostFiles(_root.Path), _library, "GPU-8", new LaunchCores([0], []), _clock);

    private async Task BeginAsync()
    {
        Open();
        await _sampler.BeginAsync();
    }

    /// <summary>The next beat, and the reading that comes with it.</summary>
    private async Task ReadAsync()
    {
        _clock.Advance(Beat);
        await Eventually.Async("a reading", () => _sampler.Latest?.At == _clock.GetTimestamp(), () => _sampler.Latest);
    }

    private async Task<GpuLaunchTrace> EndAsync()
    {
        Task<GpuLaunchTrace> end = _sampler.EndAsync();
        await PassAsync(end);
        return await end;
    }

    /// <summary>Lets time pass until something is over.</summary>
    private Task PassAsync(Task task, TimeSpan? step = null) => Eventually.Async("it is over", () =>
    {
        _clock.Advance(step ?? Moment);
        return task.IsCompleted;
    });

    /// <summary>The kernel's list of what the worker started.</summary>
    private void Starts(int process, params int[] children) => _root.Save(
        Path.Combine("proc", process.ToString(CultureInfo.InvariantCulture), "task", process.ToString(CultureInfo.InvariantCulture), "children"), string.Join(' ', children) + " ");
}
