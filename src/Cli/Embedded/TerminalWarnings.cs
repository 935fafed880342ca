using Fleetmark.Agent.Hosting;
using Microsoft.Extensions.Logging;

namespace Fleetmark.Cli.Embedded;

/// <summary>Shows the person at the terminal why a runtime is not offered, in the form of every other warning.</summary>
internal sealed class TerminalWarnings(Terminal terminal) : ILoggerProvider, ILogger
{
    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) => this;

    /// <inheritdoc/>
    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    /// <inheritdoc/>
    public bool IsEnabled(LogLevel logLevel) => true;

    /// <inheritdoc/>
    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (RuntimeWarnings.Holds(eventId)) terminal.Warn(formatter(state, exception).Trim());
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
