using Fleetmark.Silo.Fleet;
using Grpc.Core;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Fleetmark.Silo.Tests.Fleet;

public sealed class FailedLoginsTests
{
    private readonly FakeTimeProvider _clock = new();
    private readonly FailedLogins _logins;

    public FailedLoginsTests() => _logins = new FailedLogins(_clock, NullLogger<FailedLogins>.Instance);

    [Fact]
    public void Ten_wrong_secrets_within_a_minute_shut_an_address_out_for_one_and_no_other()
    {
        Fail(9);
        _logins.ThrowIfTooMany("10.0.0.1");
        Fail(1);
        Assert.Equal(StatusCode.ResourceExhausted, Assert.Throws<RpcException>(() => _logins.ThrowIfTooMany("10.0.0.1")).StatusCode);
        _logins.ThrowIfTooMany("10.0.0.2");
        _clock.Advance(TimeSpan.FromMinutes(1) - TimeSpan.FromSeconds(1));
        Assert.Throws<RpcException>(() => _logins.ThrowIfTooMany("10.0.0.1"));
        _clock.Advance(TimeSpan.FromSeconds(1));
        _logins.ThrowIfTooMany("10.0.0.1");
        Fail(9);
        _logins.ThrowIfTooMany("10.0.0.1");
    }

    [Fact]
    public void Wrong_secrets_over_a_longer_time_are_forgotten()
    {
        for (int i = 0; i < 20; i++)
        {
            Fail(1);
            _clock.Advance(TimeSpan.FromSeconds(7));
            _logins.ThrowIfTooMany("10.0.0.1");
        }
    }

    private void Fail(int times)
    {
        for (int i = 0; i < times; i++) _logins.Failed("10.0.0.1");
    }
}
