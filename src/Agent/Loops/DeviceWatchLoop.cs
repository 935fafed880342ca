using Fleetmark.Agent.Fleet;
using Fleetmark.Agent.Jobs;
using Fleetmark.Agent.Nvml;
using Microsoft.Extensions.Logging;

namespace Fleetmark.Agent.Loops;

/// <summary>
/// Asks every idle GPU every few seconds whether it is still there: one that is not is no longer ready, one that came back is again. One that works is left alone; its
/// launch notices. Lives as long as the link.
/// </summary>
internal sealed partial class DeviceWatchLoop(NvmlLibrary gpus, AttemptBoard board, LostDevices lost, TimeProvider clock, ILogger<DeviceWatchLoop> log)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    internal async Task RunAsync(CancellationToken cancel)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(cancel)) Try(LookAtAll);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // The link ended.
        }
    }

    /// <summary>The boundary of the loop: a look that failed is told, and the next one comes.</summary>
    private void Try(Action look)
    {
        try
        {
            look();
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            LogFailed(e);
        }
    }

    internal void LookAtAll()
    {
        foreach (Device device in board.Devices.Where(device => !device.IsCpu && !board.IsWorking(device))) Look(device);
    }

    private void Look(Device device)
    {
        (NvmlDevice? found, int code) = gpus.Find(device.Uuid);
        // The driver may know a card that no longer answers, so it is asked something of it too.
        found?.TemperatureC();
        int? loss = found is null ? code : found.Loss;
        if (loss is { } why)
        {
            string reason = gpus.Describe(why);
            if (!lost.Lose(device.Uuid, reason)) return;
            LogLost(device.Uuid, device.Name, reason);
        }
        else if (lost.Return(device.Uuid))
        {
            LogBack(device.Uuid, device.Name);
        }
        else
        {
            return;
        }

        board.Changed.Set();
    }

    [LoggerMessage(5710, LogLevel.Error, "Device {Device} ({Name}) is lost: {Reason}")]
    private partial void LogLost(string device, string name, string reason);

    [LoggerMessage(5711, LogLevel.Information, "Device {Device} ({Name}) is back")]
    private partial void LogBack(string device, string name);

    [LoggerMessage(5712, LogLevel.Error, "The devices could not be looked at")]
    private partial void LogFailed(Exception e);
}
