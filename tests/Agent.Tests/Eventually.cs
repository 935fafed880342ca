namespace Fleetmark.Agent.Tests;

/// <summary>The only place of these tests that waits for real: polls until something holds, and says what it last saw when it never did.</summary>
internal static class Eventually
{
    internal static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(10);

    internal static async Task Async(string phase, Func<bool> condition, Func<object?>? lastSeen = null)
    {
        long start = TimeProvider.System.GetTimestamp();
        while (!condition())
        {
            if (TimeProvider.System.GetElapsedTime(start) > Limit) Assert.Fail($"{phase}: not within {Limit}; last seen: {lastSeen?.Invoke() ?? "nothing"}");
            await Task.Delay(Look, TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>True when it held within a time that is expected to pass.</summary>
    internal static async Task<bool> Within(TimeSpan limit, Func<bool> condition)
    {
        long start = TimeProvider.System.GetTimestamp();
        while (!condition())
        {
            if (TimeProvider.System.GetElapsedTime(start) > limit) return false;
            await Task.Delay(Look, TimeProvider.System, TestContext.Current.CancellationToken);
        }

        return true;
    }

    /// <summary>Waits for a task, with a limit that names the phase.</summary>
    internal static async Task<T> Result<T>(string phase, Task<T> task)
    {
        try
        {
            return await task.WaitAsync(Limit, TimeProvider.System, TestContext.Current.CancellationToken);
        }
        catch (TimeoutException e)
        {
            throw new TimeoutException($"{phase}: not within {Limit}", e);
        }
    }
}
