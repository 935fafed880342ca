using System.Security.Cryptography;
using Fleetmark.Agent.Fleet;

namespace Fleetmark.Agent.Tests.Fleet;

public sealed class RuntimeCatalogTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Workers_beside_the_program_are_runtimes_named_by_their_folder()
    {
        _folder.Save("workers/ort131-cpu/Fleetmark.Worker", "");
        _folder.Save("workers/empty/readme", "");
        Runtime found = Assert.Single(new RuntimeCatalog(new AgentOptions(), _folder.At("workers")).All);
        Assert.Equal("ort131-cpu", found.Name);
        Assert.True(found.BuildsModels);
        Assert.Equal("0", found.Command.Environment["DOTNET_EnableDiagnostics"]);
    }

    [Fact]
    public void A_worker_with_any_other_file_in_its_folder_has_another_digest()
    {
        _folder.Save("workers/ort131-cpu/Fleetmark.Worker", "a");
        _folder.Save("workers/ort131-cpu/Fleetmark.Worker.dll", "b");
        string before = Digest();
        Assert.Equal(before, Digest());
        _folder.Save("workers/ort131-cpu/Fleetmark.Worker.dll", "c");
        Assert.NotEqual(before, Digest());

        string Digest()
        {
            var catalog = new RuntimeCatalog(new AgentOptions(), _folder.At("workers"));
            return catalog.Digest(catalog.All[0]);
        }
    }

    [Theory]
    [InlineData("ort131-cpu", "cpu")]
    [InlineData("ort122-cuda12", "cpu", "nvidia")]
    [InlineData("ort120-cuda12-trt104", "cpu", "nvidia")]
    public void A_worker_that_was_built_for_gpus_is_tried_on_them(string flavour, params string[] devices)
    {
        _folder.Save($"workers/{flavour}/Fleetmark.Worker", "");
        Assert.Equal(devices, Assert.Single(new RuntimeCatalog(new AgentOptions(), _folder.At("workers")).All).Devices);
    }

    [Fact]
    public void A_configured_runtime_takes_the_place_of_a_built_in_one()
    {
        _folder.Save("workers/ort131-cpu/Fleetmark.Worker", "");
        RuntimeCatalog catalog = With(new RuntimeOptions { Name = "ort131-cpu", Executable = "/opt/mine" });
        Assert.Equal("/opt/mine", Assert.Single(catalog.All).Command.Executable);
        Assert.Null(catalog.Builder);
        Assert.Null(catalog.Find("other"));
    }

    [Fact]
    public void Built_in_runtimes_can_be_left_out()
    {
        _folder.Save("workers/ort131-cpu/Fleetmark.Worker", "");
        Assert.Empty(new RuntimeCatalog(new AgentOptions { BuiltInRuntimes = false }, _folder.At("workers")).All);
    }

    [Fact]
    public void A_program_everybody_may_write_is_not_started()
    {
        string program = Program();
        RuntimeCatalog catalog = With(new RuntimeOptions { Name = "mine", Executable = program });
        Assert.Null(catalog.Refusal(catalog.All[0]));
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(program, File.GetUnixFileMode(program) | UnixFileMode.OtherWrite);
        Assert.Contains("everybody", catalog.Refusal(catalog.All[0]), StringComparison.Ordinal);
    }

    [Fact]
    public void A_link_is_as_writable_as_what_it_points_to()
    {
        string program = Program();
        File.CreateSymbolicLink(_folder.At("link"), program);
        RuntimeCatalog catalog = With(new RuntimeOptions { Name = "mine", Executable = _folder.At("link") });
        Assert.Null(catalog.Refusal(catalog.All[0]));
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(program, File.GetUnixFileMode(program) | UnixFileMode.OtherWrite);
        Assert.NotNull(catalog.Refusal(catalog.All[0]));
    }

    [Fact]
    public void A_program_with_another_hash_is_not_started_also_when_it_changes_later()
    {
        string program = Program();
        string sha256 = Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(program)));
        RuntimeCatalog catalog = With(new RuntimeOptions { Name = "mine", Executable = program, Sha256 = sha256 });
        Assert.Null(catalog.Refusal(catalog.All[0]));
        File.AppendAllText(program, "# more\n");
        Assert.Contains("SHA-256", catalog.Refusal(catalog.All[0]), StringComparison.Ordinal);
    }

    [Fact]
    public void A_program_that_is_not_there_is_not_started()
    {
        RuntimeCatalog catalog = With(new RuntimeOptions { Name = "mine", Executable = _folder.At("none") });
        Assert.Contains("does not exist", catalog.Refusal(catalog.All[0]), StringComparison.Ordinal);
    }

    private string Program() => _folder.Save("program", "#!/bin/sh\n");

    private RuntimeCatalog With(RuntimeOptions runtime)
    {
        var options = new AgentOptions();
        options.Runtimes.Add(runtime);
        return new RuntimeCatalog(options, _folder.At("workers"));
    }
}
