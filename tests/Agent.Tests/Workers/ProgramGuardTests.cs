using System.Globalization;
using Fleetmark.Agent.Workers;

namespace Fleetmark.Agent.Tests.Workers;

public sealed class ProgramGuardTests : IDisposable
{
    private const UnixFileMode Everybody = (UnixFileMode)0b111_111_111;
    private const UnixFileMode Owner = (UnixFileMode)0b111_101_101;

    private readonly TemporaryFolder _folder = new();
    private readonly string _program;

    public ProgramGuardTests() => _program = _folder.Save("bin/program", "#!/bin/sh\n");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_program_of_its_owner_may_start() => Assert.Null(Refusal());

    [Fact]
    public void A_program_that_is_not_there_may_not() => Assert.EndsWith("none does not exist", ProgramGuard.Refusal(Command(_folder.At("none"))), StringComparison.Ordinal);

    [Fact]
    public void A_program_everybody_may_write_may_not_also_behind_a_link()
    {
        string link = _folder.At("link");
        File.CreateSymbolicLink(link, _program);
        TemporaryFolder.Permit(_program, Everybody);
        Assert.Contains($"chmod o-w {_program}", Refusal(), StringComparison.Ordinal);
        Assert.Contains($"chmod o-w {_program}", ProgramGuard.Refusal(Command(link)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_script_among_the_arguments_is_held_to_the_same_rule()
    {
        string script = _folder.Save("lib/worker.py", "");
        Assert.Null(Refusal(script));
        TemporaryFolder.Permit(script, Everybody);
        Assert.Contains($"{script} may be written by everybody", Refusal("-u", script), StringComparison.Ordinal);
    }

    [Fact]
    public void Words_that_are_no_files_are_no_scripts() => Assert.Null(Refusal("/no/such/file", "worker.py", "--verbose"));

    [Fact]
    public void A_folder_in_which_everybody_may_replace_it_is_as_bad()
    {
        string path = _folder.At("bin");
        TemporaryFolder.Permit(path, Everybody);
        Assert.Contains("everybody may replace", Refusal(), StringComparison.Ordinal);
        TemporaryFolder.Permit(path, Everybody | UnixFileMode.StickyBit);
        Assert.Null(Refusal());
        TemporaryFolder.Permit(path, Owner);
        Assert.Null(Refusal());
    }

    [Theory]
    [InlineData("shared/worker", "../bin/program")]
    [InlineData("shared/worker", "{0}/bin/program")]
    [InlineData("shared/worker", "../own/link")]
    [InlineData("own/worker", "../shared/link")]
    public void A_link_that_everybody_may_replace_is_as_bad_as_what_it_leads_to(string path, string target)
    {
        string shared = Directory.CreateDirectory(_folder.At("shared")).FullName;
        Directory.CreateDirectory(_folder.At("own"));
        File.CreateSymbolicLink(_folder.At("own", "link"), "../bin/program");
        File.CreateSymbolicLink(_folder.At("shared", "link"), "../bin/program");
        string link = _folder.At(path);
        File.CreateSymbolicLink(link, string.Format(CultureInfo.InvariantCulture, target, _folder.Path));
        Assert.Null(ProgramGuard.Refusal(Command(link)));
        TemporaryFolder.Permit(shared, Everybody);
        Assert.Contains($"chmod o-w {shared}", ProgramGuard.Refusal(Command(link)), StringComparison.Ordinal);
        TemporaryFolder.Permit(shared, Everybody | UnixFileMode.StickyBit);
        Assert.Null(ProgramGuard.Refusal(Command(link)));
    }

    [Fact]
    public void A_link_to_a_folder_on_the_way_counts_too()
    {
        string shared = Directory.CreateDirectory(_folder.At("shared")).FullName;
        Directory.CreateSymbolicLink(_folder.At("shared", "programs"), "../bin");
        string path = _folder.At("shared", "programs", "program");
        Assert.Null(ProgramGuard.Refusal(Command(path)));
        TemporaryFolder.Permit(shared, Everybody);
        Assert.Contains($"everybody may replace {_folder.At("shared", "programs")}", ProgramGuard.Refusal(Command(path)), StringComparison.Ordinal);
    }

    private string? Refusal(params string[] arguments) => ProgramGuard.Refusal(Command(_program, arguments));

    private static WorkerCommand Command(string program, params string[] arguments) => new(program, arguments, new Dictionary<string, string>(StringComparer.Ordinal));
}
