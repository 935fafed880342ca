namespace Fleetmark.Silo.Jobs;

internal sealed partial class ResultWriter
{
    [LoggerMessage(2701, LogLevel.Information, "The result of job {JobId} attempt {Attempt} was answered {Answer}")]
    private partial void LogStored(long jobId, int attempt, string answer);

    [LoggerMessage(2702, LogLevel.Information, "Job {JobId} attempt {Attempt} ended without a number: {Code}: {Text}")]
    private partial void LogFailed(long jobId, int attempt, string code, string text);

    [LoggerMessage(2703, LogLevel.Warning, "A batch of {Count} results failed; it is repeated one by one")]
    private partial void LogBatchRepeated(Exception exception, int count);

    [LoggerMessage(2704, LogLevel.Warning, "The result of job {JobId} attempt {Attempt} cannot be stored now")]
    private partial void LogLater(Exception exception, long jobId, int attempt);

    [LoggerMessage(2705, LogLevel.Error, "The result of job {JobId} attempt {Attempt} was rejected")]
    private partial void LogRejected(Exception exception, long jobId, int attempt);
}
