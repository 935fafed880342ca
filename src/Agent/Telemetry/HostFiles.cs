using System.Globalization;

namespace Fleetmark.Agent.Telemetry;

/// <summary>The kernel's text files below <c>/proc</c> and <c>/sys</c>. What is not there is null, never an error: containers hide some, and kernels differ.</summary>
/// <param name="root">The root folder; <c>/</c> on a real machine.</param>
internal sealed class HostFiles(string root)
{
    /// <summary>The text of a file without surrounding white space; null when it cannot be read or is empty.</summary>
    /// <param name="path">Path below the root, without leading slash.</param>
    internal string? Text(string path)
    {
        try
        {
            return File.ReadAllText(Path.Combine(root, path)).Trim() is { Length: > 0 } text ? text : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>A file that holds one whole number; null when it does not.</summary>
    internal long? Number(string path) => long.TryParse(Text(path), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long value) ? value : null;

    /// <summary>The value of the first line <c>key value</c> or <c>key: value</c>; null when there is none.</summary>
    internal string? Value(string path, string key)
    {
        foreach (string line in (Text(path) ?? "").Split('\n'))
        {
            if (!line.StartsWith(key, StringComparison.Ordinal)) continue;
            string rest = line[key.Length..].TrimStart();
            if (rest.StartsWith(':')) return rest[1..].Trim();
            if (rest.Length > 0 && char.IsWhiteSpace(line[key.Length])) return rest.Trim();
        }

        return null;
    }

    /// <summary>Where a symbolic link points, as it is written; null when it is none or cannot be read.</summary>
    internal string? Link(string path)
    {
        try
        {
            return new FileInfo(Path.Combine(root, path)).LinkTarget;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Names in a folder; empty when there is none.</summary>
    internal IReadOnlyList<string> Names(string folder)
    {
        string path = Path.Combine(root, folder);
        try
        {
            return Directory.Exists(path) ? [.. Directory.EnumerateFileSystemEntries(path).Select(entry => Path.GetFileName(entry)).Order(StringComparer.Ordinal)] : [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
