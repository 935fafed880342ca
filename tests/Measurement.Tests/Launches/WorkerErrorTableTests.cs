using Fleetmark.Measurement.Launches;

namespace Fleetmark.Measurement.Tests.Launches;

public sealed class WorkerErrorTableTests
{
    [Theory]
    [InlineData(WorkerErrorCode.BadRequest, 10, "bad-request", "internal")]
    [InlineData(WorkerErrorCode.Unsupported, 11, "unsupported", "unsupported")]
    [InlineData(WorkerErrorCode.Model, 12, "model", "model-invalid")]
    [InlineData(WorkerErrorCode.OutOfMemory, 13, "out-of-memory", "out-of-memory")]
    [InlineData(WorkerErrorCode.Device, 14, "device", "driver-fault")]
    [InlineData(WorkerErrorCode.WrongOutput, 15, "wrong-output", "wrong-output")]
    [InlineData(WorkerErrorCode.Cancelled, 16, "cancelled", "cancelled")]
    [InlineData(WorkerErrorCode.Deadline, 17, "deadline", "worker-timeout")]
    [InlineData(WorkerErrorCode.Dataset, 18, "dataset", "dataset")]
    public void Every_row_is_the_documented_one(WorkerErrorCode code, int exitCode, string word, string failure)
    {
        Assert.Equal((exitCode, word, failure), (WorkerErrorTable.ExitCode(code), WorkerErrorTable.Word(code), WorkerErrorTable.FailureCode(code)));
        Assert.Equal(code, WorkerErrorTable.FromWord(word));
        Assert.Equal(code, WorkerErrorTable.FromExitCode(exitCode));
    }

    [Fact]
    public void Other_words_and_exit_codes_mean_nothing()
    {
        Assert.Null(WorkerErrorTable.FromWord("oops"));
        Assert.Null(WorkerErrorTable.FromExitCode(0));
        Assert.Null(WorkerErrorTable.FromExitCode(137));
    }
}
