using Fleetmark.Agent.Files;
using Fleetmark.Agent.Tests.Workers;
using Fleetmark.Contracts.Results;
using Kind = Fleetmark.Contracts.Fleet.Wire.AgentMessage.KindOneofCase;

namespace Fleetmark.Agent.Tests.Hosting;

/// <summary>One agent, and every bad worker after the other on its one device.</summary>
public sealed class HostileWorkerAgentTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private FakeGateway _gateway = null!;

    public async ValueTask InitializeAsync() => _gateway = await FakeGateway.StartAsync(_folder.At("gateway.sock"));

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        _folder.Dispose();
        Assert.Empty(_gateway.Violations);
    }

    [Fact]
    public async Task After_every_bad_worker_the_agent_goes_on_and_measures_with_the_next()
    {
        await using AgentUnderTest agent = await AgentUnderTest.StartAsync(_folder, _folder.At("gateway.sock"));
        FakeSession session = await _gateway.SessionAsync();
        string device = session.Hello.Devices[0].Uuid;
        int job = 0;
        foreach ((string script, string code, string says) in HostileWorkerTests.Ends.Select(row => row.Data))
        {
            session.Send(AgentUnderTest.Assign(_folder, device, ++job, fake: script));
            AttemptResult result = await session.AcceptResultAsync();
            // Nobody cancelled it and it has no dataset: the worker talks about something else.
            string expected = code is "cancelled" or "dataset" ? "worker-protocol" : code;
            Assert.True(result.ErrorCode == expected && result.ErrorText!.Contains(says, StringComparison.Ordinal), $"{script}: {result.ErrorCode}: {result.ErrorText}");
        }

        session.Send(AgentUnderTest.Assign(_folder, device, ++job));
        AttemptResult good = await session.AcceptResultAsync();
        Assert.False(good.IsFailure, good.ErrorText);
        await session.HeartbeatAsync(whyNot: "");
        Assert.Equal(0, session.Waiting(Kind.Refused));
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder.At("agent", "work")));
        await Eventually.Async("an empty spool", () => Directory.GetFiles(_folder.At("agent", "spool")).Length == 0);
        using FileLock? free = FileLock.TryTake(_folder.At("locks", $"fleetmark-{device}.lock"));
        Assert.NotNull(free);
    }

    [Fact]
    public async Task A_program_that_changed_since_the_agent_started_fails_its_cell_at_once_and_says_why()
    {
        string program = _folder.Save("bin/worker", $"#!/bin/sh\nexec {FakeWorkerProgram.Path}\n");
        TemporaryFolder.Permit(program, (UnixFileMode)0b111_101_101);
        string sha256 = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(await File.ReadAllBytesAsync(program, TestContext.Current.CancellationToken)));
        await using AgentUnderTest agent = await AgentUnderTest.StartAsync(_folder, _folder.At("gateway.sock"), options =>
        {
            options.Runtimes[0].Executable = program;
            options.Runtimes[0].Sha256 = sha256;
        });
        FakeSession session = await _gateway.SessionAsync();
        string device = session.Hello.Devices[0].Uuid;
        session.Send(AgentUnderTest.Assign(_folder, device, job: 1));
        Assert.False((await session.AcceptResultAsync()).IsFailure);

        await File.AppendAllTextAsync(program, "# more\n", TestContext.Current.CancellationToken);
        session.Send(AgentUnderTest.Assign(_folder, device, job: 2));
        AttemptResult refused = await session.AcceptResultAsync();

        Assert.Equal("runtime-refused", refused.ErrorCode);
        Assert.Contains($"configured is {sha256}", refused.ErrorText, StringComparison.Ordinal);
    }
}
