using System.Diagnostics;
using System.Globalization;
using Fleetmark.Agent.Processes;
using Fleetmark.Agent.Workers;
using Microsoft.Extensions.Logging.Abstractions;

namespace Fleetmark.Agent.Tests.Workers;

public sealed class LeftoversTests : IAsyncDisposable
{
    /// <summary>Log event: a work folder stays.</summary>
    private const int NotRemoved = 5200;

    private readonly TemporaryFolder _folder = new();
    private readonly StartedProcesses _processes = new();
    private readonly RecordedLog _log = new();

    public async ValueTask DisposeAsync()
    {
        await _processes.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_process_that_a_killed_agent_left_is_ended_and_its_folder_removed()
    {
        var work = WorkFolder.Create(_folder.At("work"), "7-1-0", NullLogger.Instance);
        using var process = WorkerProcess.Start(FakeWorkerProgram.Command("hang:start"), work.Files);
        _processes.Add(process.Id);
        work.Record(process.Id);
        await RemoveAsync();
        await process.Exited.WaitAsync(Eventually.Limit, TimeProvider.System, TestContext.Current.CancellationToken);
        Assert.False(FakeWorkerProgram.Lives(process.Id));
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder.At("work")));
    }

    [Fact]
    public async Task A_process_left_before_it_led_a_group_of_its_own_is_ended_too()
    {
        var work = WorkFolder.Create(_folder.At("work"), "7-1-0", NullLogger.Instance);
        using var process = Process.Start(new ProcessStartInfo("sleep", ["60"]))!;
        _processes.Add(process.Id);
        work.Record(process.Id);
        await RemoveAsync();
        Assert.False(FakeWorkerProgram.Lives(process.Id));
    }

    [Fact]
    public async Task A_leftover_whose_number_is_another_process_by_now_is_left_alone()
    {
        using var stranger = WorkerProcess.Start(FakeWorkerProgram.Command("hang:start"), _folder.Path);
        _processes.Add(stranger.Id);
        long start = ProcessStatus.Of(stranger.Id)!.StartTicks;
        string boot = (await File.ReadAllTextAsync("/proc/sys/kernel/random/boot_id", TestContext.Current.CancellationToken)).Trim();
        _folder.Save("work/7-1-0/process", string.Create(CultureInfo.InvariantCulture, $"{stranger.Id} {start - 1} {boot}"));
        await RemoveAsync();
        Assert.True(FakeWorkerProgram.Lives(stranger.Id));
    }

    [Fact]
    public async Task Folders_a_worker_made_read_only_are_removed()
    {
        _folder.OpenToAll();
        await Unprivileged.Run(() =>
        {
            string inner = Path.GetDirectoryName(_folder.Save("work/7-1-0/files/inner/output", "x"))!;
            TemporaryFolder.Permit(inner, UnixFileMode.UserRead);
            TemporaryFolder.Permit(Path.GetDirectoryName(inner)!, UnixFileMode.None);
            WorkFolder.Remove(_folder.At("work", "7-1-0"), _log);
        });
        Assert.Empty(_log.Of(NotRemoved));
        Assert.False(Directory.Exists(_folder.At("work", "7-1-0")));
    }

    [Fact]
    public async Task What_a_folder_links_to_stays()
    {
        string kept = _folder.Save("elsewhere/kept", "x");
        Directory.CreateDirectory(_folder.At("work", "7-1-0"));
        Directory.CreateSymbolicLink(_folder.At("work", "7-1-0", "link"), _folder.At("elsewhere"));
        await RemoveAsync();
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder.At("work")));
        Assert.True(File.Exists(kept));
    }

    [Fact]
    public async Task A_folder_that_cannot_be_removed_is_told_and_does_not_stop_the_agent()
    {
        // .NET cannot name this file, so it cannot delete it.
        string folder = Directory.CreateDirectory(_folder.At("work", "7-1-0")).FullName;
        _folder.Save("work/8-1-0/files/output", "x");
        await ShellAsync($"touch '{folder}/'$(printf '\\377')");
        try
        {
            await RemoveAsync();
            Assert.Contains(folder, Assert.Single(_log.Of(NotRemoved)), StringComparison.Ordinal);
            Assert.Equal([folder], Directory.GetDirectories(_folder.At("work")));
        }
        finally
        {
            await ShellAsync($"rm -r '{folder}'");
        }
    }

    private Task RemoveAsync() => new Leftovers(TimeProvider.System, _log.For<Leftovers>()).RemoveAsync(_folder.At("work"), TestContext.Current.CancellationToken);

    private async Task ShellAsync(string command)
    {
        using var shell = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", command]))!;
        _processes.Add(shell.Id);
        await shell.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, shell.ExitCode);
    }
}
