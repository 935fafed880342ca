using System.Collections.Concurrent;
using Fleetmark.Agent.Calibration;
using Fleetmark.Agent.Fleet;
using Fleetmark.Agent.Jobs;
using Fleetmark.Agent.Sessions;
using Fleetmark.Agent.Workers;
using Fleetmark.Measurement.Launches;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Fleetmark.Agent.Loops;

/// <summary>
/// Calibrates the cards whose calibration is missing or a week old: takes them out of the ready ones, waits until nothing works that would disturb, lets each bear a long
/// load, keeps the result and says hello again with it. A card that cannot be calibrated works without. Lives as long as the link.
/// </summary>
internal sealed partial class CalibrationLoop(
    AttemptBoard board,
    CalibrationStore store,
    SoakModel models,
    SoakLaunch soak,
    LostDevices lost,
    Outbox outbox,
    IOptions<AgentOptions> options,
    TimeProvider clock,
    ILogger<CalibrationLoop> log)
{
    private static readonly TimeSpan Look = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LookForIdle = TimeSpan.FromSeconds(0.2);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromDays(1);

    private readonly ConcurrentDictionary<string, long> _failedAt = new(StringComparer.Ordinal);

    /// <summary>Takes the cards that are due out of the ready ones, so that none is used before its first calibration.</summary>
    internal void HoldDue()
    {
        foreach (Device device in board.Devices.Where(IsDue)) board.Hold(device, "calibrating");
    }

    /// <summary>Calibrates until <paramref name="stop"/> is raised.</summary>
    internal async Task RunAsync(StopSignal stop)
    {
        try
        {
            while (options.Value.Calibrate)
            {
                HoldDue();
                if (board.Held() is { Count: > 0 } held) await CalibrateAsync(held, stop);
                await Task.Delay(Look, clock, stop.Token);
            }
        }
        catch (OperationCanceledException) when (stop.Reason is not null)
        {
            // The agent stops.
        }
    }

    private bool IsDue(Device device) =>
        options.Value.Calibrate && !device.IsCpu && device.Capabilities.Count > 0 && lost.Reason(device.Uuid) is null && store.Current(device.Uuid) is null
        && !(_failedAt.TryGetValue(device.Uuid, out long at) && clock.GetElapsedTime(at) < AfterFailure);

    private async Task CalibrateAsync(IReadOnlyList<Device> due, StopSignal stop)
    {
        // One file for all of them. Building it costs seconds of every core, so that waits for the first lock: while one of its GPUs is locked, no CPU of the machine is measured.
        var model = new Lazy<Task<(ModelFile? Model, string Problem)>>(() => models.BuildAsync(stop));
        try
        {
            // Cards with cores of their own bear their load at the same time; those that share one after the other.
            await Task.WhenAll(due.GroupBy(device => device.Cpus[0]).Select(async group =>
            {
                foreach (Device device in group) await CalibrateAsync(device, model, stop);
            }));
        }
        finally
        {
            foreach (Device device in due) board.Release(device);
            RemoveModel();
        }
    }

    /// <summary>The boundary of a calibration: whatever goes wrong, the card works on without, and the other cards are calibrated.</summary>
    private async Task CalibrateAsync(Device device, Lazy<Task<(ModelFile? Model, string Problem)>> model, StopSignal stop)
    {
        try
        {
            using DeviceLocks locks = await TakeAsync(device, stop);
            (ModelFile? file, string problem) = await model.Value;
            SoakOutcome outcome = file is null ? SoakOutcome.Failed(problem) : await soak.RunAsync(device, file, stop);
            if (stop.Reason is not null) return;
            if (outcome.IsThere) Keep(device, outcome.Calibration);
            else Fail(device, outcome);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Fail(device, SoakOutcome.Failed(e is IOException or UnauthorizedAccessException ? e.Message : $"{e.GetType().Name}: {e.Message}"));
        }

        board.Release(device);
    }

    private async Task<DeviceLocks> TakeAsync(Device device, StopSignal stop)
    {
        while (true)
        {
            if (board.TryTake(device) is { } locks) return locks;
            await Task.Delay(LookForIdle, clock, stop.Token);
        }
    }

    /// <summary>Half a gigabyte that stays is told, and goes before the next build.</summary>
    private void RemoveModel()
    {
        try
        {
            models.Remove();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            LogNotRemoved(e.Message);
        }
    }

    private void Keep(Device device, DeviceCalibration calibration)
    {
        store.Save(device.Uuid, calibration);
        LogCalibrated(device.Uuid, device.Name, calibration.SmClockMhz, calibration.P50Us, calibration.PowerW);
        // Hello alone tells of calibrations: the session ends politely and the next one begins with a new one.
        outbox.Close();
    }

    private void Fail(Device device, SoakOutcome outcome)
    {
        _failedAt[device.Uuid] = clock.GetTimestamp();
        if (outcome.IsLost) lost.Lose(device.Uuid, outcome.Problem!);
        LogUncalibrated(device.Uuid, device.Name, outcome.Problem!, AfterFailure);
    }

    [LoggerMessage(5720, LogLevel.Information, "Device {Device} ({Name}) sustains {ClockMhz} MHz, {P50Us} µs a call, {PowerW} W")]
    private partial void LogCalibrated(string device, string name, double? clockMhz, double p50Us, double? powerW);

    [LoggerMessage(5721, LogLevel.Warning, "Device {Device} ({Name}) stays uncalibrated: {Reason}; tried again after {After}")]
    private partial void LogUncalibrated(string device, string name, string reason, TimeSpan after);

    [LoggerMessage(5722, LogLevel.Warning, "The model of calibrations cannot be removed: {Reason}")]
    private partial void LogNotRemoved(string reason);
}
