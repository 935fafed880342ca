using Fleetmark.Contracts.Fleet;
using Fleetmark.Silo.Sessions;

namespace Fleetmark.Silo.Fleet;

/// <summary>
/// Tells each pool which devices of this silo's agents are ready: at once when something changes, the full list every five seconds, so that a pool that
/// moved or forgot is complete again. Started by the host, ended by its stop.
/// </summary>
internal sealed partial class ReadyReportLoop(
    SessionTable sessions, IGatewayObserver gateway, IGrainFactory grains, TimeProvider clock, ILogger<ReadyReportLoop> log) : BackgroundService
{
    private static readonly TimeSpan FullListEvery = TimeSpan.FromSeconds(5);

    private readonly string _silo = Guid.NewGuid().ToString("N");
    private readonly HashSet<string> _told = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        IGatewayObserver self = grains.CreateObjectReference<IGatewayObserver>(gateway);
        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                await ReportAsync(self);
                await WaitForChangeAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops; pools forget this silo when its reports stay out.
        }
        finally
        {
            grains.DeleteObjectReference<IGatewayObserver>(self);
        }
    }

    private async Task ReportAsync(IGatewayObserver self)
    {
        var byPool = sessions.Sessions
            .SelectMany(s => s.Ready.Select(d => (d.DeviceClass, Device: Describe(s, d))))
            .ToLookup(d => d.DeviceClass, d => d.Device, StringComparer.Ordinal);
        _told.UnionWith(sessions.Sessions.SelectMany(s => s.Devices).Select(d => d.DeviceClass));
        foreach (string pool in _told)
        {
            try
            {
                await grains.GetGrain<IDevicePoolGrain>(pool).Ready(new ReadyReport { Silo = _silo, Gateway = self, Devices = [.. byPool[pool]] });
            }
            catch (Exception e) when (e is OrleansException or TimeoutException)
            {
                LogPoolUnreachable(e, pool);
            }
        }
    }

    private async Task WaitForChangeAsync(CancellationToken cancel)
    {
        using var timeout = new CancellationTokenSource(FullListEvery, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, timeout.Token);
        try
        {
            await sessions.Changes.ReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            // Nothing changed for five seconds: send the full list again.
        }
    }

    private static ReadyDevice Describe(AgentSession session, SessionDevice device) => new()
    {
        DeviceId = device.DeviceId,
        Incarnation = session.Incarnation,
        Capabilities = [.. device.Capabilities],
        MemoryMebibytes = device.MemoryMebibytes,
    };

    [LoggerMessage(2201, LogLevel.Warning, "Pool {Pool} did not take the list of ready devices; the next one follows in seconds")]
    private partial void LogPoolUnreachable(Exception exception, string pool);
}
