namespace Fleetmark.EndToEnd.Plans;

public sealed class BadInputTests
{
    private const string Quickstart = "plans/quickstart.yaml";

    private static readonly string[] NeedsModel = ["cut.onnx", "whole.onnx", "above.onnx", "absolute.onnx", "linked.onnx"];

    public static TheoryData<string, string, string> BadPlans => new()
    {
        { "syntax", "name: [", "syntax" },
        { "unknown key", "name: p\nmodels: [AlexNet]\nlatncy: { devices: [cpu] }\n", "did you mean 'latency'" },
        { "unknown model", "name: p\nmodels: [AlexNot]\nlatency: { devices: [cpu] }\n", "AlexNet" },
        { "batch 0", "name: p\nmodels: [AlexNet]\nlatency: { devices: [cpu], batches: [0] }\n", "65536" },
        { "batch -1", "name: p\nmodels: [AlexNet]\nlatency: { devices: [cpu], batches: [-1] }\n", "65536" },
        { "batch 100000000", "name: p\nmodels: [AlexNet]\nlatency: { devices: [cpu], batches: [100000000] }\n", "65536" },
        { "batch 65537", "name: p\nmodels: [AlexNet]\nlatency: { devices: [cpu], batches: [65537] }\n", "65536" },
        { "empty product", "name: p\nmodels: [AlexNet]\nlatency: { devices: [cpu], exclude: [{ device: cpu }] }\n", "nothing is left" },
        { "duplicate model", "name: p\nmodels: [AlexNet, AlexNet]\nlatency: { devices: [cpu] }\n", "AlexNet" },
        { "unknown layout", "name: p\nmodels: [AlexNet]\nlatency: { devices: [cpu] }\ntables: [model-pag]\n", "model-page" },
        { "missing file", Named("none.onnx"), "none.onnx" },
        { "empty file", Named("empty.onnx"), "empty.onnx" },
        { "text file", Named("text.onnx"), "text.onnx" },
        { "truncated file", Named("cut.onnx"), "cut.onnx" },
        { "wrong digest", Named($"whole.onnx, sha256: {new string('0', 64)}"), "SHA-256" },
        { "folder as file", Named("../beside"), "beside" },
        { "data above the folder", Named("above.onnx"), "keep their data in other files" },
        { "data at an absolute path", Named("absolute.onnx"), "keep their data in other files" },
        { "data behind a link", Named("linked.onnx"), "keep their data in other files" },
    };

    private static string Named(string file) =>
        $"name: p\nmodels: [{{ name: m, file: {file}, image: {{ crop: 224, resizeShort: 256 }} }}]\nlatency: {{ devices: [cpu] }}\n";

    [Theory]
    [MemberData(nameof(BadPlans))]
    public async Task A_bad_plan_is_one_line_and_exit_2_and_nothing_is_stored(string what, string plan, string says)
    {
        await using var home = new Home();
        home.Write("empty.onnx", "");
        home.Write("text.onnx", "not a model\n");
        if (NeedsModel.Any(file => plan.Contains(file, StringComparison.Ordinal))) await BuildAsync(home);

        Finished run = await home.RunAsync("run", home.Write("plan.yaml", plan));

        Assert.Equal(2, run.ExitCode);
        string line = OneLine(run);
        Assert.True(line.Contains(says, StringComparison.Ordinal), $"{what}: {line}");
        Assert.Empty(run.Output);
        NothingIsStored(home);
    }

    [Fact]
    public async Task A_missing_plan_is_one_line_and_exit_2()
    {
        await using var home = new Home();

        Finished run = await home.RunAsync("run", home.Beside("none.yaml"));

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("none.yaml", OneLine(run), StringComparison.Ordinal);
        NothingIsStored(home);
    }

    [Fact]
    public async Task An_unwritable_output_folder_is_reported_before_anything_is_measured()
    {
        await using var home = new Home();
        string file = home.Write("file", "");

        Finished run = await home.RunAsync("run", Path.Combine(Home.Repository, "plans", "quickstart.yaml"), "--out", Path.Combine(file, "out"));

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("--out", OneLine(run), StringComparison.Ordinal);
        NothingIsStored(home);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_database_that_does_not_answer_is_named_with_host_and_port_and_without_its_password(bool onTheCommandLine)
    {
        const string Database = "Host=127.0.0.1;Port=1;Database=x;Username=u;Password=geheim";
        await using var home = new Home();
        string plan = home.Write("plan.yaml", "name: p\nmodels: [SqueezeNet1_1]\nlatency: { devices: [cpu] }\n");
        if (!onTheCommandLine) home.Set("FLEETMARK_DATABASE", Database);

        Finished run = await home.RunAsync(["run", plan, .. onTheCommandLine ? (string[])["--database", Database] : []]);

        Assert.Equal(2, run.ExitCode);
        string line = OneLine(run);
        Assert.Contains("127.0.0.1:1", line, StringComparison.Ordinal);
        Assert.DoesNotContain("geheim", line, StringComparison.Ordinal);
        NothingIsStored(home);
    }

    [Theory]
    [InlineData("'--effrt'", "run", Quickstart, "--effrt", "quick")]
    [InlineData("'1'", "run", Quickstart, "--effort", "1")]
    [InlineData("'quick,publish'", "run", Quickstart, "--effort", "quick,publish")]
    [InlineData("'7'", "run", Quickstart, "--effort", "7")]
    [InlineData("did you mean 'model-page'", "table", "1", "--layout", "model-pag")]
    [InlineData("--out writes every format", "table", "1", "--out", "out", "--format", "md")]
    public async Task A_wrong_option_is_named_and_exit_2(string says, params string[] arguments)
    {
        await using var home = new Home();
        home.WorkIn("project");

        Finished run = await home.RunAsync([.. arguments.Select(a => a == Quickstart ? Path.Combine(Home.Repository, a) : a)]);

        Assert.Equal(2, run.ExitCode);
        Assert.All(run.Errors, l => Assert.StartsWith("fleetmark:", l, StringComparison.Ordinal));
        Assert.Contains(says, run.Errors[0], StringComparison.Ordinal);
        NothingIsStored(home);
    }

    private static string OneLine(Finished run)
    {
        string line = Assert.Single(run.Errors);
        Assert.StartsWith("fleetmark:", line, StringComparison.Ordinal);
        return line;
    }

    private static void NothingIsStored(Home home) => Assert.False(Directory.Exists(Path.Combine(home.Folder, "pg")), "a database was made");

    private static async Task BuildAsync(Home home)
    {
        Assert.Equal(0, (await home.RunAsync("models", "build", "SqueezeNet1_1", "--out", home.Beside("whole.onnx"))).ExitCode);
        byte[] whole = await File.ReadAllBytesAsync(home.Beside("whole.onnx"), TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(home.Beside("cut.onnx"), whole[..(whole.Length / 2)], TestContext.Current.CancellationToken);
        File.CreateSymbolicLink(home.Beside("link.bin"), "/etc/passwd");
        foreach ((string name, string location) in ((string, string)[])[("above", "../data.bin"), ("absolute", "/etc/passwd"), ("linked", "link.bin")])
            await File.WriteAllBytesAsync(home.Beside($"{name}.onnx"), [.. whole, .. OnnxBytes.ExternalInitializer(location)], TestContext.Current.CancellationToken);
    }
}
