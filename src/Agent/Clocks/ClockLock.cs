using System.Diagnostics.CodeAnalysis;

namespace Fleetmark.Agent.Clocks;

/// <summary>The clocks of a device as a launch asked for them, until it is disposed; or why they cannot be had.</summary>
internal sealed class ClockLock : IDisposable
{
    private readonly Action? _release;

    private ClockLock(Action? release = null) => _release = release;

    /// <summary>The clock that was asked of the driver, in MHz; null when the card chooses.</summary>
    internal int? Megahertz { get; private init; }

    /// <summary>Failure code of the attempt.</summary>
    internal string? Code { get; private init; }

    /// <summary>One line for people.</summary>
    internal string? Text { get; private init; }

    /// <summary>True when the launch may begin.</summary>
    [MemberNotNullWhen(false, nameof(Code), nameof(Text))]
    internal bool IsHeld => Code is null;

    /// <summary>The card chooses, and nothing needs to be given back.</summary>
    internal static ClockLock Free { get; } = new();

    internal static ClockLock Held(int megahertz, Action release) => new(release) { Megahertz = megahertz };

    internal static ClockLock Refused(string code, string text) => new() { Code = code, Text = text };

    public void Dispose() => _release?.Invoke();
}
