using Fleetmark.Contracts.Jobs;
using Fleetmark.Measurement.Judging;
using Fleetmark.Silo.Jobs;

namespace Fleetmark.Silo.Tests.Jobs;

public sealed class RetryDelayTests
{
    [Theory]
    [InlineData(1, 5)]
    [InlineData(2, 10)]
    [InlineData(4, 40)]
    [InlineData(7, 300)]
    [InlineData(1000, 300)]
    public void The_pause_doubles_up_to_five_minutes(int failures, double seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), RetryDelay.AfterFailure(failures, share: 1));

    [Fact]
    public void Jobs_that_failed_together_do_not_come_back_together() => Assert.Equal(TimeSpan.FromSeconds(2.5), RetryDelay.AfterFailure(1, share: 0.5));

    [Theory]
    [InlineData(MeasurementState.Contended, 15)]
    [InlineData(MeasurementState.Throttled, 60)]
    public void A_throttled_device_rests_longer_than_a_busy_one(MeasurementState state, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), RetryDelay.AfterNoise(state));

    [Theory]
    [InlineData(FailureCode.OutOfMemory, true)]
    [InlineData(FailureCode.WorkerCrash, true)]
    [InlineData(FailureCode.WorkerTimeout, true)]
    [InlineData(FailureCode.DriverFault, true)]
    [InlineData(FailureCode.ModelUnavailable, false)]
    [InlineData(FailureCode.Internal, false)]
    public void What_is_likely_to_repeat_gets_one_retry(string code, bool limited) => Assert.Equal(limited ? (short)2 : null, RetryDelay.AttemptLimit(code));
}
