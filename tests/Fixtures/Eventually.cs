using System.Runtime.CompilerServices;

namespace Fleetmark.Fixtures;

/// <summary>Waits for real processes: the only place of the tests with a real delay.</summary>
public static class Eventually
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <summary>Polls until a condition holds.</summary>
    /// <param name="phase">What the test is doing, for the message of a failure.</param>
    /// <param name="condition">What must become true.</param>
    /// <param name="limit">How long to wait before the test fails.</param>
    /// <param name="expected">The condition's text; filled in by the compiler.</param>
    /// <exception cref="TimeoutException">It did not hold in time; the message has phase, expectation and the last failure.</exception>
    public static Task Async(string phase, Func<Task<bool>> condition, TimeSpan limit, [CallerArgumentExpression(nameof(condition))] string expected = "") =>
        Async(phase, condition, static held => held, limit, expected);

    /// <summary>Polls until a value is as expected, and returns it.</summary>
    /// <param name="phase">What the test is doing, for the message of a failure.</param>
    /// <param name="read">Reads the value.</param>
    /// <param name="condition">What must become true of it.</param>
    /// <param name="limit">How long to wait before the test fails.</param>
    /// <param name="expected">The condition's text; filled in by the compiler.</param>
    /// <exception cref="TimeoutException">It did not become so in time; the message has phase, expectation and the value last seen.</exception>
    public static async Task<T> Async<T>(
        string phase, Func<Task<T>> read, Func<T, bool> condition, TimeSpan limit, [CallerArgumentExpression(nameof(condition))] string expected = "")
    {
        ArgumentNullException.ThrowIfNull(read);
        ArgumentNullException.ThrowIfNull(condition);
        TimeProvider clock = TimeProvider.System;
        long started = clock.GetTimestamp();
        while (true)
        {
            T seen = await read();
            if (condition(seen)) return seen;
            if (clock.GetElapsedTime(started) > limit) throw new TimeoutException($"{phase}: after {limit.TotalSeconds:0.#} s expected {expected}, last seen {seen}");
            await Task.Delay(Pause, clock);
        }
    }
}
