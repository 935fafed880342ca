namespace Fleetmark.Measurement.Launches;

/// <summary>
/// The one table of worker failures: exit code, word on the wire (<c>error.code</c>), and the failure code an attempt is stored with. The last column's words are
/// those of <c>FailureCode</c> in Contracts, which this project cannot see; <c>dataset</c> alone is no failure of the job but gives it back.
/// </summary>
public static class WorkerErrorTable
{
    /// <summary>Failure code of a worker that broke the protocol.</summary>
    public const string WorkerProtocol = "worker-protocol";

    /// <summary>Failure code of a worker that ended by a signal or an unknown exit code.</summary>
    public const string WorkerCrash = "worker-crash";

    /// <summary>Failure code of a launch that outlasted a deadline.</summary>
    public const string WorkerTimeout = "worker-timeout";

    /// <summary>Failure code of a launch that needed more memory than there was.</summary>
    public const string OutOfMemory = "out-of-memory";

    /// <summary>Failure code of a launch that was stopped on purpose.</summary>
    public const string Cancelled = "cancelled";

    /// <summary>Failure code of an output that is not finite.</summary>
    public const string WrongOutput = "wrong-output";

    private static readonly (WorkerErrorCode Code, string Word, string Failure)[] Rows =
    [
        (WorkerErrorCode.BadRequest, "bad-request", "internal"),
        (WorkerErrorCode.Unsupported, "unsupported", "unsupported"),
        (WorkerErrorCode.Model, "model", "model-invalid"),
        (WorkerErrorCode.OutOfMemory, "out-of-memory", OutOfMemory),
        (WorkerErrorCode.Device, "device", "driver-fault"),
        (WorkerErrorCode.WrongOutput, "wrong-output", WrongOutput),
        (WorkerErrorCode.Cancelled, "cancelled", Cancelled),
        (WorkerErrorCode.Deadline, "deadline", WorkerTimeout),
        (WorkerErrorCode.Dataset, "dataset", "dataset"),
    ];

    /// <summary>Exit code of a worker that fails with <paramref name="code"/>.</summary>
    public static int ExitCode(WorkerErrorCode code) => (int)code;

    /// <summary>The word of <paramref name="code"/> on the wire.</summary>
    public static string Word(WorkerErrorCode code) => Row(code).Word;

    /// <summary>The failure code an attempt is stored with.</summary>
    public static string FailureCode(WorkerErrorCode code) => Row(code).Failure;

    /// <summary>The code of a word on the wire, or null.</summary>
    public static WorkerErrorCode? FromWord(string word)
    {
        foreach ((WorkerErrorCode code, string known, _) in Rows)
            if (known == word) return code;
        return null;
    }

    /// <summary>The code of an exit code, or null.</summary>
    public static WorkerErrorCode? FromExitCode(int exitCode) => Enum.IsDefined((WorkerErrorCode)exitCode) ? (WorkerErrorCode)exitCode : null;

    private static (WorkerErrorCode Code, string Word, string Failure) Row(WorkerErrorCode code) => Rows.First(row => row.Code == code);
}
