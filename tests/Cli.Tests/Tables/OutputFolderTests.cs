using System.Text;
using Fleetmark.Cli.Tables;
using Fleetmark.Documents;
using Fleetmark.Fixtures;
using Fleetmark.Reporting.Tables;

namespace Fleetmark.Cli.Tests.Tables;

public sealed class OutputFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new("out");

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    public async Task A_file_of_an_earlier_run_that_is_no_longer_made_goes_and_foreign_files_stay(string ending)
    {
        string foreign = Path.Combine(_folder.Path, "notes.txt");
        await File.WriteAllTextAsync(foreign, "mine", TestContext.Current.CancellationToken);
        var folder = OutputFolder.Open(_folder.Path + ending);
        await folder.WriteAsync([Text("tables.md", "a"), Text("plots/old.svg", "b")], TestContext.Current.CancellationToken);

        await folder.WriteAsync([Text("tables.md", "c"), Text("plots/new.svg", "d")], TestContext.Current.CancellationToken);

        string[] files = [.. Directory.GetFiles(_folder.Path, "*", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(_folder.Path, f)).Order(StringComparer.Ordinal)];
        Assert.Equal(["manifest.json", "notes.txt", Path.Combine("plots", "new.svg"), "tables.md"], files);
        Assert.Equal("c", await File.ReadAllTextAsync(Path.Combine(_folder.Path, "tables.md"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task The_manifest_lists_every_file_with_its_digest()
    {
        await OutputFolder.Open(_folder.Path).WriteAsync([Text("tables.md", "a")], TestContext.Current.CancellationToken);

        string manifest = await File.ReadAllTextAsync(Path.Combine(_folder.Path, "manifest.json"), TestContext.Current.CancellationToken);
        Assert.Equal("""
            {
              "schema": "fleetmark.manifest/1",
              "files": {
                "tables.md": "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb"
              }
            }

            """, manifest);
    }

    [Fact]
    public async Task A_manifest_cannot_make_us_delete_outside_the_folder()
    {
        string outside = Path.Combine(_folder.Path, "outside");
        await File.WriteAllTextAsync(outside, "keep", TestContext.Current.CancellationToken);
        string inner = Directory.CreateDirectory(Path.Combine(_folder.Path, "out")).FullName;
        await File.WriteAllTextAsync(Path.Combine(inner, "manifest.json"), """{"schema":"x","files":{"../outside":"0"}}""", TestContext.Current.CancellationToken);

        await OutputFolder.Open(inner).WriteAsync([Text("tables.md", "a")], TestContext.Current.CancellationToken);

        Assert.True(File.Exists(outside));
    }

    [Fact]
    public void A_folder_that_cannot_be_written_is_a_problem_with_its_name()
    {
        string file = Path.Combine(_folder.Path, "file");
        File.WriteAllText(file, "");

        ProblemException problem = Assert.Throws<ProblemException>(() => OutputFolder.Open(Path.Combine(file, "out")));

        Assert.Contains(file, problem.Problems[0].ToString(), StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private static OutputFile Text(string path, string text) => new(path, Encoding.UTF8.GetBytes(text));
}
