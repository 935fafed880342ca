using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Fleetmark.Silo.Health;

/// <summary>Whether the silo has joined its cluster, and has not begun to leave.</summary>
internal sealed class SiloLife(IHostApplicationLifetime lifetime) : IHealthCheck
{
    /// <inheritdoc/>
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) => Task.FromResult(
        lifetime.ApplicationStopping.IsCancellationRequested ? HealthCheckResult.Unhealthy("the silo stops")
        : lifetime.ApplicationStarted.IsCancellationRequested ? HealthCheckResult.Healthy()
        : HealthCheckResult.Unhealthy("the silo has not joined yet"));
}
