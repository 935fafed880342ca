namespace Fleetmark.Contracts.Jobs;

/// <summary>
/// Why a job has no number: stored in rows and shown in tables, so the words are stable. A code may carry a detail after a colon
/// (<c>unsupported:no-fp16-kernels</c>); at most 64 characters in all.
/// </summary>
public static class FailureCode
{
    /// <summary>Longest code, in characters.</summary>
    public const int MaximumLength = 64;

    /// <summary>Operator, provider, precision or architecture cannot do it; never retried.</summary>
    public const string Unsupported = "unsupported";

    /// <summary>FP16 was asked of a provider that would compute in FP32.</summary>
    public const string UnsupportedFp16 = "unsupported:no-fp16-kernels";

    /// <summary>INT8 was asked and no INT8 model exists.</summary>
    public const string UnsupportedInt8 = "unsupported:no-int8-model";

    /// <summary>An imported graph has a fixed batch other than the cell's.</summary>
    public const string UnsupportedBatch = "unsupported:fixed-batch";

    /// <summary>The device class has no such execution provider.</summary>
    public const string UnsupportedProvider = "unsupported:no-such-provider";

    /// <summary>The device class has no such runtime.</summary>
    public const string UnsupportedRuntime = "unsupported:no-such-runtime";

    /// <summary>The runtime has no kernels for the architecture of the class. Carries it where it is known: <c>…:sm_70</c>.</summary>
    public const string UnsupportedArchitecture = "unsupported:unsupported-arch";

    /// <summary>The runtime lacks a library on the machines of the class. Carries its name where it is known: <c>…:libcudnn.so.9</c>.</summary>
    public const string UnsupportedLibrary = "unsupported:missing-library";

    /// <summary>The driver of the class' devices is too old for the runtime. Carries its version where it is known.</summary>
    public const string UnsupportedDriver = "unsupported:driver-too-old";

    /// <summary>The runtime was tried on the class and failed.</summary>
    public const string UnsupportedError = "unsupported:runtime-error";

    /// <summary>A clock policy was asked of a CPU.</summary>
    public const string UnsupportedClocksOfCpu = "unsupported:clocks-of-cpu";

    /// <summary>The agent's user may not set clocks.</summary>
    public const string UnsupportedClocksNeedRoot = "unsupported:clocks-need-root";

    /// <summary>The card, or its driver, does not offer the clock.</summary>
    public const string UnsupportedClocksNotOffered = "unsupported:clocks-not-offered";

    /// <summary>The device is an instance of a divided card, and the others would feel its clocks.</summary>
    public const string UnsupportedClocksOfSharedCard = "unsupported:clocks-of-shared-card";

    /// <summary>The runtime measures latency alone.</summary>
    public const string UnsupportedThroughput = "unsupported:no-throughput";

    /// <summary>No agent of this class is connected, and the run does not wait for one.</summary>
    public const string NoDeviceClass = "no-device-class";

    /// <summary>The effort's time for the cell was used up; the launches made are enough.</summary>
    public const string Budget = "budget";

    /// <summary>The model file is unreadable or has other bytes or shapes than promised.</summary>
    public const string ModelInvalid = "model-invalid";

    /// <summary>The model file could not be had on the agent.</summary>
    public const string ModelUnavailable = "model-unavailable";

    /// <summary>The device ran out of memory.</summary>
    public const string OutOfMemory = "out-of-memory";

    /// <summary>The output is not finite, or differs from the first repetition's.</summary>
    public const string WrongOutput = "wrong-output";

    /// <summary>Driver or device fault.</summary>
    public const string DriverFault = "driver-fault";

    /// <summary>A phase took longer than it may.</summary>
    public const string WorkerTimeout = "worker-timeout";

    /// <summary>The worker ended by a signal or without saying why.</summary>
    public const string WorkerCrash = "worker-crash";

    /// <summary>The worker broke its protocol.</summary>
    public const string WorkerProtocol = "worker-protocol";

    /// <summary>The program of a configured runtime must not be started: it is not there, everybody may write it, or it has another digest.</summary>
    public const string RuntimeRefused = "runtime-refused";

    /// <summary>The agent's process went away.</summary>
    public const string AgentLost = "agent-lost";

    /// <summary>Nobody renewed the lease in time.</summary>
    public const string LeaseExpired = "lease-expired";

    /// <summary>The silo could not read or store the result.</summary>
    public const string ResultInvalid = "result-invalid";

    /// <summary>A defect of ours.</summary>
    public const string Internal = "internal";

    /// <summary>The run was cancelled or interrupted.</summary>
    public const string Cancelled = "cancelled";

    /// <summary>True for codes no retry can change: the job fails at once.</summary>
    public static bool IsPermanent(string code)
    {
        ArgumentNullException.ThrowIfNull(code);
        return code is ModelInvalid or WrongOutput or WorkerProtocol or RuntimeRefused || IsUnsupported(code);
    }

    /// <summary>True for <see cref="Unsupported"/> and its details.</summary>
    public static bool IsUnsupported(string code)
    {
        ArgumentNullException.ThrowIfNull(code);
        return code == Unsupported || code.StartsWith(Unsupported + ":", StringComparison.Ordinal);
    }

    /// <summary>A code and what it carries after a second colon; the latter is empty for most.</summary>
    public static (string Code, string Detail) Parts(string code)
    {
        ArgumentNullException.ThrowIfNull(code);
        int first = code.IndexOf(':', StringComparison.Ordinal), second = first < 0 ? -1 : code.IndexOf(':', first + 1);
        return second < 0 ? (code, "") : (code[..second], code[(second + 1)..]);
    }

    /// <summary>The code as a sentence for people, in English, without a full stop.</summary>
    public static string Sentence(string code)
    {
        (string bare, string detail) = Parts(code);
        string also = detail.Length > 0 ? $" ({detail})" : "";
        return bare switch
        {
            UnsupportedFp16 => "no FP16 kernels on this provider, would run in FP32",
            UnsupportedInt8 => "no INT8 model",
            UnsupportedBatch => "the graph has a fixed batch",
            UnsupportedProvider => "the device class has no such execution provider",
            UnsupportedRuntime => "the device class has no such runtime",
            UnsupportedArchitecture => $"the runtime has no kernels for the architecture of these devices{also}",
            UnsupportedLibrary => $"a library of the runtime is missing there{also}",
            UnsupportedDriver => $"the driver there is too old for the runtime{also}",
            UnsupportedClocksOfCpu => "clocks are set on GPUs only",
            UnsupportedClocksNeedRoot => "the agent may not set the clocks, which needs root",
            UnsupportedClocksNotOffered => "this card does not offer that clock",
            UnsupportedClocksOfSharedCard => "the clocks of a card that is divided into instances are not set",
            UnsupportedError => "the runtime was tried there and failed; the agent's log says how",
            UnsupportedThroughput => "the runtime does no throughput launches",
            NoDeviceClass => "no agent offers this device class",
            Budget => "time budget of the effort used up",
            ModelInvalid => "the model file is unreadable",
            ModelUnavailable => "the model file is not available on the agent",
            OutOfMemory => "out of memory",
            WrongOutput => "wrong output",
            DriverFault => "driver or device fault",
            WorkerTimeout => "worker timeout",
            WorkerCrash => "worker crashed",
            WorkerProtocol => "worker broke its protocol",
            RuntimeRefused => "the runtime's program must not be started",
            AgentLost => "the agent went away",
            LeaseExpired => "lease expired",
            ResultInvalid => "the result could not be stored",
            Cancelled => "cancelled",
            Internal => "internal error",
            _ => IsUnsupported(code) ? "not supported on this device" : code,
        };
    }
}
