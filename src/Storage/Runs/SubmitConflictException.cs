namespace Fleetmark.Storage.Runs;

/// <summary>The key of a request was used before for a request that differs.</summary>
public sealed class SubmitConflictException(string key) : Exception($"the key '{key}' was used for another request")
{
    /// <summary>The key.</summary>
    public string Key { get; } = key;
}
