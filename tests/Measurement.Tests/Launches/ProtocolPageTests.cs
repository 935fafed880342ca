using System.Reflection;
using System.Text;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Fleetmark.Measurement.Launches;

namespace Fleetmark.Measurement.Tests.Launches;

/// <summary>Every line of JSON in docs/worker-protocol.md, read by the readers both sides use.</summary>
public sealed partial class ProtocolPageTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(Root(), "docs", "worker-protocol.md"));

    public static TheoryData<string> Lines =>
        [.. Block().Matches(Page).SelectMany(block => block.Groups["lines"].Value.TrimEnd('\n').Split('\n')).Concat(Inline().Matches(Page).Select(code => code.Groups["line"].Value)).Distinct()];

    [Theory]
    [MemberData(nameof(Lines))]
    public void A_line_of_the_page_is_a_request_or_a_message(string line)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(line);
        WorkerLine message = WorkerProtocol.ReadLine(bytes);
        Assert.True(WorkerProtocol.ReadRequest(bytes).IsAccepted || message.Message is not null, message.Broken ?? "nobody reads it");
    }

    [Fact]
    public void The_conversation_of_the_page_is_a_launch_that_was_measured()
    {
        string[] lines = Block().Match(Page).Groups["lines"].Value.TrimEnd('\n').Split('\n');
        LaunchRequest request = Assert.IsType<LaunchRequest>(WorkerProtocol.ReadRequest(Encoding.UTF8.GetBytes(lines[1])).Request);
        var conversation = new WorkerConversation(request);
        foreach (string line in lines.Where((_, i) => i != 1)) conversation.Feed(Encoding.UTF8.GetBytes(line + "\n"));
        LaunchOutcome outcome = conversation.End(new WorkerExit(0));
        Assert.Null(outcome.Failure);
        Assert.True(outcome.Samples!.Nanoseconds.Sum() <= outcome.Result!.WindowEnd - outcome.Result.WindowStart);
    }

    [Fact]
    public void The_table_of_failures_is_that_of_the_code()
    {
        (string, int, string)[] rows = [.. FailureRow().Matches(Page)
            .Select(row => (row.Groups["word"].Value, int.Parse(row.Groups["exit"].Value, System.Globalization.CultureInfo.InvariantCulture), row.Groups["stored"].Value))];
        // Stored as words, not as codes: what these two do to a job is said there.
        string[] inWords = ["cancelled", "dataset"];
        Assert.Equal(
            Enum.GetValues<WorkerErrorCode>().Select(code => (WorkerErrorTable.Word(code), (int)code, inWords.Contains(WorkerErrorTable.Word(code)) ? "" : WorkerErrorTable.FailureCode(code))),
            rows);
    }

    public static TheoryData<Type, string> Words =>
    [
        .. new[] { typeof(WorkerRequest), typeof(WorkerMessage) }
            .SelectMany(type => type.GetCustomAttributes<JsonDerivedTypeAttribute>().Select(derived => (type, (string)derived.TypeDiscriminator!))),
    ];

    [Theory]
    [MemberData(nameof(Words))]
    public void Every_request_and_message_has_one_row_in_its_table(Type type, string word)
    {
        // Of the conversation, and of both sides: it stands where it is described.
        if (word == CancelRequest.Word) return;
        (string heading, int columns) = type == typeof(WorkerRequest) ? ("## Requests", 4) : ("## Messages", 2);
        string section = Page[Page.IndexOf(heading, StringComparison.Ordinal)..];
        string[] table = [.. section.Split('\n').SkipWhile(line => !line.StartsWith('|')).TakeWhile(line => line.StartsWith('|'))];
        string row = Assert.Single(table, line => line.Replace("*", "", StringComparison.Ordinal).StartsWith($"| `{word}` |", StringComparison.Ordinal));
        Assert.Equal(columns, row.Count(letter => letter == '|') - 1);
    }

    [Theory]
    [InlineData("start", "10 s")]
    [InlineData("`hello`, phase `load`", "120 s; 900 s")]
    [InlineData("phase `first`", "120 s")]
    [InlineData("phase `warmup`", "`capMs` + 10 calls + 10 s")]
    [InlineData("phase `sample`", "`maxMs` + `floorCount` calls + 30 s")]
    [InlineData("phase `finish`", "30 s")]
    [InlineData("any line", "max(60 s, 10 calls)")]
    public void Every_time_limit_is_on_the_page(string from, string limit) =>
        Assert.Contains(Page.Split('\n'), line => line.StartsWith($"| {from}", StringComparison.Ordinal) && line.Contains(limit, StringComparison.Ordinal));

    private static string Root()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "Orchestrator.sln"))) folder = Path.GetDirectoryName(folder);
        return folder ?? throw new DirectoryNotFoundException("the repository's root");
    }

    [GeneratedRegex("^```jsonl\n(?<lines>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Block();

    [GeneratedRegex(@"`(?<line>\{""type[^`]*)`", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Inline();

    [GeneratedRegex(@"^\| `(?<word>[a-z-]+)` \| (?<exit>1\d) \| (`(?<stored>[a-z-]+)`)?", RegexOptions.Multiline | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex FailureRow();
}
