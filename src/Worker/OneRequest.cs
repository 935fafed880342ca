using Fleetmark.Documents;
using Fleetmark.Measurement.Launches;
using Fleetmark.Worker.Capabilities;
using Fleetmark.Worker.Inspection;
using Fleetmark.Worker.Latency;
using Fleetmark.Worker.Models;
using Fleetmark.Worker.Protocol;
using Fleetmark.Worker.SelfCheck;
using Fleetmark.Worker.Sessions;
using Fleetmark.Worker.Throughput;
using Microsoft.ML.OnnxRuntime;

namespace Fleetmark.Worker;

/// <summary>Reads the one request of this process, answers it, and turns every expected failure into an <c>error</c> message with its exit code.</summary>
internal sealed class OneRequest(ProtocolChannel channel, RequestLines lines)
{
    /// <summary>Answers.</summary>
    /// <returns>The exit code.</returns>
    internal int Answer()
    {
        channel.Send(WorkerIdentity.Hello());
        if (lines.Next() is not { } line) return Fail(WorkerErrorCode.BadRequest, "standard input ended before a request came", null);
        RequestReading reading = WorkerProtocol.ReadRequest(line);
        if (!reading.IsAccepted) return Fail(WorkerErrorCode.BadRequest, reading.Problem, null, reading.IsOtherProtocol ? [WorkerProtocol.Version] : null);
        using var stop = new StopListener(lines);
        stop.Start();
        try
        {
            foreach (WorkerMessage message in Messages(reading.Request, stop.Cancel)) channel.Send(message);
            return 0;
        }
        catch (WorkerException e)
        {
            return Fail(e.Code, e.Message, e.Detail);
        }
        catch (OperationCanceledException)
        {
            return Fail(WorkerErrorCode.Cancelled, "cancelled", null);
        }
        catch (OnnxRuntimeException e)
        {
            // A run or a load that was told to stop says so with an exception of its own.
            if (stop.Cancel.IsCancellationRequested) return Fail(WorkerErrorCode.Cancelled, "cancelled", null);
            WorkerException failure = RuntimeFailure.Of(e, channel.Phase);
            return Fail(failure.Code, failure.Message, failure.Detail);
        }
        catch (OutOfMemoryException e)
        {
            return Fail(WorkerErrorCode.OutOfMemory, "out of memory", e.Message);
        }
        catch (Exception e) when (e is DllNotFoundException or TypeInitializationException)
        {
            return Fail(WorkerErrorCode.Device, "a library of the runtime cannot be loaded", e.Message);
        }
        catch (ProblemException e)
        {
            return Fail(WorkerErrorCode.Model, e.Problems[0].ToString(), null);
        }
    }

    private IReadOnlyList<WorkerMessage> Messages(WorkerRequest request, CancellationToken cancel) => request switch
    {
        LaunchRequest { Kind: LaunchKind.Throughput } launch => new ThroughputLaunch(launch, channel, cancel).Run(),
        LaunchRequest launch => new LatencyLaunch(launch, channel, cancel).Run(),
        CapabilitiesRequest capabilities => [CapabilityProbe.Run(capabilities)],
        BuildRequest build => [ModelBuild.Run(build, cancel)],
        ConvertRequest convert => [ModelConversion.Run(convert, cancel)],
        InspectRequest inspect => [new ModelInspection(inspect, cancel).Run()],
        SelfCheckRequest check => [HarnessCheck.Run(check, cancel)],
        _ => throw new WorkerException(WorkerErrorCode.BadRequest, "'cancel' without a request before it"),
    };

    private int Fail(WorkerErrorCode code, string message, string? detail, IReadOnlyList<int>? supported = null)
    {
        channel.Send(new ErrorMessage
        {
            Code = WorkerErrorTable.Word(code),
            Message = message.ReplaceLineEndings(" "),
            Detail = detail,
            Phase = PhaseMessage.WordOf(channel.Phase),
            Supported = supported,
        });
        return WorkerErrorTable.ExitCode(code);
    }
}
