using System.ComponentModel;
using Fleetmark.Agent.Calibration;
using Fleetmark.Agent.Clocks;
using Fleetmark.Agent.Fleet;
using Fleetmark.Agent.Models;
using Fleetmark.Agent.Nvml;
using Fleetmark.Agent.Sessions;
using Fleetmark.Agent.Telemetry;
using Fleetmark.Agent.Workers;
using Fleetmark.Contracts.Fleet.Wire;
using Fleetmark.Contracts.Jobs;
using Fleetmark.Contracts.Results;
using Fleetmark.Measurement.Launches;
using Microsoft.Extensions.Logging;

namespace Fleetmark.Agent.Jobs;

/// <summary>
/// One attempt from its assignment to its end: check what is asked, have the model file, launch the worker once, judge what it says. The device is locked before and
/// released after; nothing here knows the link.
/// </summary>
internal sealed partial class AttemptRunner(
    RuntimeCatalog catalog,
    OptionKeys optionKeys,
    ModelCache models,
    HalfPreparation halves,
    WorkerLauncher launcher,
    EnvironmentReporting environments,
    ClockKeeper keeper,
    EnergyTimes energy,
    NvmlLibrary gpus,
    LostDevices lost,
    CalibrationStore calibrations,
    HostFiles files,
    TimedCores timed,
    Outbox outbox,
    TimeProvider clock,
    ILogger<AttemptRunner> log)
{
    /// <summary>Most bytes of a result that travel as one message.</summary>
    internal const int LargestResult = 1 << 20;

    private const int LongestText = 4000;

    /// <summary>Runs it. Every way a launch can go wrong is a result; only a defect of ours is an exception.</summary>
    internal async Task<AttemptEnd> RunAsync(RunningAttempt attempt)
    {
        (LaunchPlan? plan, string problem) = LaunchPlan.Read(attempt.Assign, attempt.Device);
        if (plan is null) return Failed(attempt, FailureCode.Internal, problem);
        plan = plan with { CalibratedClockMhz = calibrations.Current(attempt.Device.Uuid)?.SmClockMhz };
        if (catalog.Find(plan.Wire.Flavour) is not { } runtime || !runtime.Devices.Contains(attempt.Device.Vendor, StringComparer.Ordinal))
            return Failed(attempt, FailureCode.Unsupported, $"runtime '{plan.Wire.Flavour}' is not installed here for {attempt.Device.Vendor}");
        if (catalog.Refusal(runtime) is { } refusal) return Failed(attempt, FailureCode.RuntimeRefused, $"runtime '{runtime.Name}' is not started: {refusal}");
        if (optionKeys.Refusal(runtime, attempt.Device, plan.Wire.Options.Keys) is { } unknown) return Failed(attempt, FailureCode.Unsupported, unknown);
        try
        {
            PreparedModel model = await PrepareAsync(attempt, plan, runtime);
            if (attempt.Stop.Reason is not null) return Stopped(attempt, Task.CompletedTask);
            return model.IsThere ? await LaunchAsync(attempt, plan, runtime, model) : Failed(attempt, model.Code, model.Text);
        }
        catch (OperationCanceledException) when (attempt.Stop.Reason is not null)
        {
            return Stopped(attempt, Task.CompletedTask);
        }
        catch (Win32Exception e)
        {
            return Failed(attempt, FailureCode.Internal, $"the operating system does not start a worker: {e.Message}");
        }
    }

    /// <summary>The end of an attempt that has no number for a reason outside any worker.</summary>
    internal static AttemptEnd Failed(RunningAttempt attempt, string code, string text) =>
        AttemptEnd.Finished(Result(attempt, [], code, text, logTail: null), Task.CompletedTask);

    /// <summary>The file that runs: the source itself, or what is made of it for another precision.</summary>
    private async Task<PreparedModel> PrepareAsync(RunningAttempt attempt, LaunchPlan plan, Runtime runtime)
    {
        ModelOutcome source = await SourceAsync(attempt, plan.Wire);
        if (!source.IsThere) return PreparedModel.Missing(source.Code, source.Text);
        if ((Precision)plan.Wire.Precision != Precision.Fp16 || attempt.Stop.Reason is not null) return PreparedModel.There(source.Path, source.Sha256);
        return await halves.PrepareAsync(attempt, plan, runtime, source);
    }

    private Task<ModelOutcome> SourceAsync(RunningAttempt attempt, LaunchSpecification wire) => models.EnsureAsync(
        new ModelRecipe(wire.ModelName, wire.ModelSha256, wire.Definition, wire.Weights),
        path => BuildAsync(attempt, wire, path),
        attempt.Stop.Token);

    private async Task<LaunchOutcome?> BuildAsync(RunningAttempt attempt, LaunchSpecification wire, string path)
    {
        if (catalog.Builder is not { } builder || catalog.Refusal(builder) is not null) return null;
        LaunchWatch.Post(attempt, outbox, "build", calls: 0);
        var request = new BuildRequest { Name = wire.ModelName, Definition = wire.Definition, Weights = wire.Weights, Sha256 = wire.ModelSha256, Path = path };
        WorkerRun run = await launcher.RunAsync(builder.Command with { KeptOff = timed.All }, $"{attempt.Key}-build", _ => request, observer: null, attempt.Stop);
        await run.Gone;
        return run.Outcome;
    }

    private async Task<AttemptEnd> LaunchAsync(RunningAttempt attempt, LaunchPlan plan, Runtime runtime, PreparedModel model)
    {
        Device device = attempt.Device;
        // Given back after everything else, on every way out of here.
        using ClockLock clocks = keeper.Lock(device, plan.Clocks);
        if (!clocks.IsHeld) return Failed(attempt, clocks.Code, clocks.Text);
        plan = plan with { LockedClockMhz = clocks.Megahertz, EnergyLoop = TellsEnergy(plan, device) ? energy.Loop : null };
        await using var telemetry = new LaunchTelemetry(files, gpus, device.IsCpu ? null : device.Uuid, new LaunchCores(device.Cpus, timed.All), clock);
        var watch = new LaunchWatch(attempt, telemetry, outbox, clock);
        await watch.BeginAsync();
        if (plan.EnergyLoop is not null) await watch.IdleAsync(energy.Idle);
        if (attempt.Stop.Reason is not null and not StopReason.DeviceLost) return Stopped(attempt, Task.CompletedTask);
        WorkerRun run = await launcher.RunAsync(runtime.CommandFor(device), $"{attempt.Key}-0", folder => plan.Request(device, model.File, folder), watch, attempt.Stop);
        LaunchTrace trace = await watch.EndAsync();
        if (model.Inspection?.PrecisionEffective is { } precision) run = run with { Outcome = run.Outcome.ComputedIn(precision) };
        LaunchOutcome outcome = run.Outcome;
        if (attempt.Stop.Reason is { } reason and not StopReason.DeviceLost && (reason == StopReason.Fenced || outcome.Failure?.Code == FailureCode.Cancelled))
            return Stopped(attempt, run.Gone);
        PcieLink link = trace.Gpu is { } seen ? GpuTrace.Link(seen, outcome.Result) : default;
        EnvironmentReport environment = environments.Describe(plan, device, outcome.Hello, outcome.Result, link);
        if ((Fault(device, trace) ?? Failure(outcome)) is { } failure)
        {
            string text = failure.Detail is null ? failure.Text : $"{failure.Text} ({failure.Detail})";
            return AttemptEnd.Finished(Result(attempt, [LaunchReporting.Failed(run, environment, failure.Code)], failure.Code, text, run.LogTail), run.Gone);
        }

        LaunchReport report = LaunchReporting.Measured(run, environment, plan, model, trace, attempt.Locks.IsHeld);
        LogMeasured(plan.Wire.ModelName, attempt.Key, report.P50Us ?? 0, report.State);
        return AttemptEnd.Finished(Result(attempt, [report], code: null, text: null, logTail: null, model.Inspection), run.Gone);
    }

    /// <summary>The driver knows no CPU, and the energy of a divided card is not one instance's alone.</summary>
    private bool TellsEnergy(LaunchPlan plan, Device device) => plan.IsEnergyAsked && gpus.Find(device.Uuid).Device is { IsMigInstance: false };

    /// <summary>What broke in the device, whatever the worker says: a card that was lost, or memory that forgot.</summary>
    private LaunchFailure? Fault(Device device, LaunchTrace trace)
    {
        if (trace.Gpu is not { } gpu) return null;
        if (gpu.Loss is { } code)
        {
            string reason = gpus.Describe(code);
            lost.Lose(device.Uuid, reason);
            return new LaunchFailure(FailureCode.DriverFault, $"{device.Name} {device.Uuid} was lost during the launch: {reason}", LaunchPhase.Finish);
        }

        return GpuTrace.UncorrectedErrors(gpu.Samples) is > 0 and var errors
            ? new LaunchFailure(FailureCode.DriverFault, $"{device.Name} {device.Uuid}: {errors} memory errors that could not be corrected during the launch", LaunchPhase.Finish)
            : null;
    }

    /// <summary>Why a launch that answered or failed has no number to store; null when it has one.</summary>
    private static LaunchFailure? Failure(LaunchOutcome outcome) => outcome switch
    {
        // Nobody asked it to stop, and latency launches have no dataset: the worker talks about something else.
        { Failure: { Code: FailureCode.Cancelled or "dataset" } odd } => odd with { Code = FailureCode.WorkerProtocol, Text = $"the worker ended with '{odd.Code}': {odd.Text}" },
        { Failure: { } failure } => failure,
        { Result: { } result } when !LaunchReporting.IsFinite(result) =>
            new LaunchFailure(FailureCode.WorkerProtocol, "the worker's result holds a number that is not finite", LaunchPhase.Finish),
        _ => null,
    };

    private static AttemptEnd Stopped(RunningAttempt attempt, Task deviceFree) => attempt.Stop.Reason switch
    {
        StopReason.Fenced => AttemptEnd.Silent(deviceFree),
        StopReason.Drain => AttemptEnd.GoesBack("drain", deviceFree),
        _ => AttemptEnd.GoesBack("cancelled", deviceFree),
    };

    private static AttemptResult Result(RunningAttempt attempt, IReadOnlyList<LaunchReport> launches, string? code, string? text, string? logTail, InspectionReport? inspection = null)
    {
        var result = new AttemptResult
        {
            ClusterId = Guid.TryParse(attempt.Assign.ClusterId, out Guid cluster) ? cluster : Guid.Empty,
            JobId = attempt.Key.JobId.Value,
            Attempt = attempt.Key.Attempt,
            DeviceUuid = attempt.Device.Uuid,
            Launches = launches,
            ErrorCode = code,
            ErrorText = text?[..Math.Min(text.Length, LongestText)],
            LogTail = string.IsNullOrEmpty(logTail) ? null : logTail,
            Inspection = inspection,
        };
        int size = result.ToUtf8Json().Length;
        return size <= LargestResult ? result
            : Result(attempt, [], FailureCode.ResultInvalid, $"the result has {size} bytes, at most {LargestResult} can be sent", logTail: null);
    }
}
