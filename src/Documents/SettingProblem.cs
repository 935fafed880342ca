namespace Fleetmark.Documents;

/// <summary>What is wrong with a setting of a host, told at the key it belongs to.</summary>
public static class SettingProblem
{
    /// <summary>The problem behind a failed check.</summary>
    /// <param name="section">Section of the settings, such as <c>Agent</c>.</param>
    /// <param name="failure">What a check says; one that begins with a key of the section (<c>Agent:Cpus: …</c>) is told there.</param>
    public static Problem Of(string section, string failure)
    {
        ArgumentNullException.ThrowIfNull(failure);
        string text = failure.TrimEnd('.');
        return text.StartsWith($"{section}:", StringComparison.Ordinal) && text.Split(": ", 2) is [var key, var what]
            ? new Problem("configuration", key, what)
            : new Problem("configuration", $"settings '{section}'", text);
    }
}
