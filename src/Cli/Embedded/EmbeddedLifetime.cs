using Microsoft.Extensions.Hosting;

namespace Fleetmark.Cli.Embedded;

/// <summary>
/// Lifetime of a host inside the command line: it listens to no signal. Ctrl-C belongs to the command, which first says so to the run and then stops the hosts in
/// order; a host that stopped by itself at the same signal would look like a defect.
/// </summary>
internal sealed class EmbeddedLifetime : IHostLifetime
{
    /// <inheritdoc/>
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
