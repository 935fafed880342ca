using Fleetmark.Agent.Files;
using Fleetmark.Agent.Fleet;
using Fleetmark.Agent.Harness;
using Fleetmark.Agent.Workers;
using Microsoft.Extensions.Time.Testing;
using MsOptions = Microsoft.Extensions.Options.Options;

namespace Fleetmark.Agent.Tests.Harness;

public sealed class HarnessRecordTests : IDisposable
{
    private const int Busy = 6101;
    private const int Unmeasured = 6102;
    private const int Unreadable = 6103;

    private static readonly Device Cpu = new() { Uuid = "cpu-1", Vendor = Device.CpuVendor, Name = "CPU", MemoryMib = 0, Cpus = [0] };

    private static readonly Device Gpu = new() { Uuid = "GPU-1", Vendor = Device.NvidiaVendor, Name = "Tesla T4", MemoryMib = 0, Cpus = [0] };

    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _clock = new(DateTimeOffset.UnixEpoch);
    private readonly RecordedLog _log = new();
    private readonly StopSignal _stop = new();

    public void Dispose()
    {
        _stop.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_check_counts_for_a_week_and_survives_the_agent()
    {
        Assert.Equal(1.005, await RatioAsync("selfcheck:1.005,1"));
        _clock.Advance(TimeSpan.FromDays(7) - TimeSpan.FromSeconds(1));
        Assert.Equal(1.005, await RatioAsync("selfcheck:1.007,1"));
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(1.007, await RatioAsync("selfcheck:1.007,1"));
    }

    [Fact]
    public async Task Another_worker_is_checked_at_once()
    {
        Assert.Equal(1.005, await RatioAsync("selfcheck:1.005,1"));
        Assert.Equal(1.007, await RatioAsync("selfcheck:1.007,1", OtherWorker()));
    }

    [Fact]
    public async Task What_could_not_be_measured_is_tried_at_every_start_and_what_failed_is_not()
    {
        Assert.Equal(1.5, await RatioAsync("selfcheck:1.5,1.5"));
        Assert.Equal(1.5, await RatioAsync("selfcheck:1.5,1"));
        Assert.Equal(1.5, await RatioAsync("selfcheck:1,1"));
    }

    [Fact]
    public async Task Who_does_not_want_it_keeps_what_is_known()
    {
        Assert.Null(await RatioAsync("selfcheck:1.005,1", isWanted: false));
        await RatioAsync("selfcheck:1.005,1");
        _clock.Advance(TimeSpan.FromDays(30));
        Assert.Equal(1.005, await RatioAsync("selfcheck:1.007,1", isWanted: false));
    }

    [Theory]
    [InlineData("cpu-1")]
    [InlineData("GPU-1")]
    public async Task While_another_agent_uses_a_device_nothing_is_measured(string uuid)
    {
        Directory.CreateDirectory(_folder.At("locks"));
        using (FileLock.TryTake(Options().DeviceLock(uuid))) Assert.Null(await RatioAsync("selfcheck:1,1"));
        Assert.Single(_log.Of(Busy));
        Assert.Equal(1, await RatioAsync("selfcheck:1,1"));
    }

    [Fact]
    public async Task A_worker_that_cannot_and_a_record_that_is_broken_are_told()
    {
        Assert.Null(await RatioAsync("measure"));
        Assert.Contains("not understood", Assert.Single(_log.Of(Unmeasured)), StringComparison.Ordinal);
        _folder.Save("agent/selfcheck.json", "{");
        Assert.Equal(1, await RatioAsync("selfcheck:1,1"));
        Assert.Single(_log.Of(Unreadable));
    }

    /// <summary>The ratio a fresh agent knows after its start.</summary>
    private async Task<double?> RatioAsync(string script, string? worker = null, bool isWanted = true)
    {
        Directory.CreateDirectory(_folder.At("agent"));
        Directory.CreateDirectory(_folder.At("locks"));
        AgentOptions options = Options();
        options.SelfCheck = isWanted;
        var fake = new RuntimeOptions { Name = "fake-1", Executable = worker ?? FakeWorkerProgram.Path, BuildsModels = true };
        foreach ((string name, string value) in FakeWorkerProgram.Environment(script)) fake.Environment[name] = value;
        options.Runtimes.Add(fake);
        var catalog = new RuntimeCatalog(options, _folder.At("workers"));
        var check = new HarnessCheck(catalog, Launchers.In(_folder, TimeProvider.System, _log), _clock);
        var record = new HarnessRecord(catalog, check, MsOptions.Create(options), _clock, _log.For<HarnessRecord>());
        await record.RefreshAsync([Cpu, Gpu], _stop);
        return record.Report?.Checks[0].Ratio;
    }

    private string OtherWorker()
    {
        string path = _folder.Save("other-worker", $"#!/bin/sh\nexec '{FakeWorkerProgram.Path}'\n");
        TemporaryFolder.Permit(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        return path;
    }

    private AgentOptions Options() => new() { DataFolder = _folder.At("agent"), LockFolder = _folder.At("locks") };
}
