using System.Text.RegularExpressions;

namespace Fleetmark.Architecture;

public sealed partial class LogEventTests
{
    [Fact]
    public void No_two_messages_have_the_same_event_id()
    {
        ILookup<string, string> files = Repository.Files("src", "*.cs").SelectMany(file => Ids(File.ReadAllText(file)).Select(id => (Id: id, File: Repository.Relative(file)))).ToLookup(one => one.Id, one => one.File);

        Assert.NotEmpty(files);
        Assert.Empty(files.Where(same => same.Count() > 1).Select(same => $"{same.Key}: {string.Join(", ", same)}"));
    }

    /// <summary>A message whose id has a name has it in the same file.</summary>
    private static IEnumerable<string> Ids(string text) => Message().Matches(text).Select(message => message.Groups["id"].Value)
        .Select(id => char.IsAsciiDigit(id[0]) ? id : Regex.Match(text, $@"\b{id} = (?<value>\d+);", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)) is { Success: true } named ? named.Groups["value"].Value : id);

    [GeneratedRegex(@"\[LoggerMessage\((?<id>\w+),", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Message();
}
