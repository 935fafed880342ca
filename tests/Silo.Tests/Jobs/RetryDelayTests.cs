using Fleetmark.Contracts.Jobs;
using Fleetmark.Measurement.Judging;
using Fleetmark.Silo.Jobs;

namespace Fleetmark.Silo.Tests.Jobs;

public sealed class RetryDelayTests
{
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
