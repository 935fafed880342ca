namespace Fleetmark.Measurement.Launches;

/// <summary>
/// What a worker's claims must look like, beyond being such JSON. Names of providers, precisions and states become the words that devices are matched by, so they are short
/// and plain; lists hold no null, and are no longer than any real worker needs.
/// </summary>
internal static class CapabilityRules
{
    private const int MostEntries = 16;
    private const int MostOptionKeys = 1000;
    private const int LongestName = 64;
    private const int LongestText = 200;

    /// <summary>What is wrong with the claims, for people; null when nothing is.</summary>
    internal static string? ProblemOf(CapabilitiesMessage message) => Problems(message).FirstOrDefault() is { } problem ? $"'capabilities' {problem}" : null;

    private static IEnumerable<string> Problems(CapabilitiesMessage message)
    {
        if (HasNull(message.Providers) || message.Providers.Count > MostEntries) return [$"with a provider that is null, or more than {MostEntries} of them"];
        return message.Providers.SelectMany(Problems)
            .Concat(Texts(message.Formats, MostEntries, "formats"))
            .Concat(Texts(message.OptionKeys, MostOptionKeys, "optionKeys"));
    }

    private static IEnumerable<string> Problems(ProviderCapability provider)
    {
        if (!IsName(provider.Name)) return [$"with a provider whose name is not {Name}"];
        return Of(provider).Select(problem => $"of provider '{provider.Name}' {problem}");
    }

    private static IEnumerable<string> Of(ProviderCapability provider)
    {
        if (HasNull(provider.Devices)) yield return "with a device that is null";
        else if (!provider.Devices.All(device => IsName(device.State))) yield return $"with a device whose state is not {Name}";
        if (HasNull(provider.Precisions) || provider.Precisions.Count > MostEntries || !provider.Precisions.All(IsName))
            yield return $"with a precision that is not {Name}, or more than {MostEntries} of them";
        foreach (string problem in Texts(provider.Scopes, MostEntries, "scopes").Concat(Texts(provider.Kinds, MostEntries, "kinds"))) yield return problem;
    }

    private static IEnumerable<string> Texts(IReadOnlyList<string> texts, int most, string list)
    {
        if (HasNull(texts) || texts.Count > most || texts.Any(text => text.Length > LongestText || text.Any(char.IsControl)))
            yield return $"with {list} that are null, longer than {LongestText} characters, with control characters in them, or more than {most}";
    }

    private static string Name => $"1 to {LongestName} characters a-z A-Z 0-9 . _ -";

    private static bool IsName(string text) => text.Length is > 0 and <= LongestName && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '_' or '-');

    /// <summary>JSON can put null into a list whatever its type says.</summary>
    private static bool HasNull(IReadOnlyList<object?> list) => list.Contains(null);
}
