namespace Fleetmark.EndToEnd.Plans;

public sealed class BadInputTests
{
    public static TheoryData<string, string, string> BadPlans => new()
    {
        { "syntax", "name: [", "syntax" },
        { "unknown key", "name: p\nmodels: [AlexNet]\nlatncy: { devices: [cpu] }\nlatency: { devices: [cpu] }\n", "did you mean 'latency'" },
        { "unknown model", "name: p\nmodels: [AlexNot]\nlatency: { devices: [cpu] }\n", "AlexNet" },
        { "batch 0", "name: p\nmodels: [AlexNet]\nlatency: { devices: [cpu], batches: [0] }\n", "65536" },
        { "batch -1", "name: p\nmodels: [AlexNet]\nlatency: { devices: [cpu], batches: [-1] }\n", "65536" },
        { "batch 100000000", "name: p\nmodels: [AlexNet]\nlatency: { devices: [cpu], batches: [100000000] }\n", "65536" },
        { "batch 65537", "name: p\nmodels: [AlexNet]\nlatency: { devices: [cpu], batches: [65537] }\n", "65536" },
        { "empty product", "name: p\nmodels: [AlexNet]\nlatency: { devices: [cpu], exclude: [{ device: cpu }] }\n", "" },
        { "duplicate model", "name: p\nmodels: [AlexNet, AlexNet]\nlatency: { devices: [cpu] }\n", "AlexNet" },
        { "unknown layout", "name: p\nmodels: [AlexNet]\nlatency: { devices: [cpu] }\ntables: [model-pag]\n", "model-page" },
        { "missing file", "name: p\nmodels: [{ name: m, file: none.onnx, image: { crop: 64, resizeShort: 64 } }]\nlatency: { devices: [cpu] }\n", "none.onnx" },
        { "empty file", "name: p\nmodels: [{ name: m, file: empty.onnx, image: { crop: 64, resizeShort: 64 } }]\nlatency: { devices: [cpu] }\n", "empty.onnx" },
        { "text file", "name: p\nmodels: [{ name: m, file: text.onnx, image: { crop: 64, resizeShort: 64 } }]\nlatency: { devices: [cpu] }\n", "text.onnx" },
        { "truncated file", "name: p\nmodels: [{ name: m, file: cut.onnx, image: { crop: 64, resizeShort: 64 } }]\nlatency: { devices: [cpu] }\n", "cut.onnx" },
        { "wrong digest", $"name: p\nmodels: [{{ name: m, file: whole.onnx, sha256: {new string('0', 64)}, image: {{ crop: 224, resizeShort: 256 }} }}]\nlatency: {{ devices: [cpu] }}\n", "SHA-256" },
    };

    [Theory]
    [MemberData(nameof(BadPlans))]
    public async Task A_bad_plan_is_one_line_and_exit_2_and_nothing_is_stored(string what, string plan, string says)
    {
        await using var home = new Home();
        home.Write("empty.onnx", "");
        home.Write("text.onnx", "not a model\n");
        if (plan.Contains("cut.onnx", StringComparison.Ordinal) || plan.Contains("whole.onnx", StringComparison.Ordinal)) await BuildAsync(home);

        Finished run = await home.RunAsync("run", home.Write("plan.yaml", plan));

        Assert.Equal(2, run.ExitCode);
        string line = Assert.Single(run.Errors);
        Assert.True(line.Contains(says, StringComparison.Ordinal), $"{what}: {line}");
        Assert.Empty(run.Output);
        Assert.False(Directory.Exists(Path.Combine(home.Folder, "pg")));
    }

    [Fact]
    public async Task A_missing_plan_is_one_line_and_exit_2()
    {
        await using var home = new Home();

        Finished run = await home.RunAsync("run", home.Beside("none.yaml"));

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("none.yaml", Assert.Single(run.Errors), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unwritable_output_folder_is_reported_before_anything_is_measured()
    {
        await using var home = new Home();
        string file = home.Write("file", "");

        Finished run = await home.RunAsync("run", Path.Combine(Home.Repository, "plans", "quickstart.yaml"), "--out", Path.Combine(file, "out"));

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("--out", Assert.Single(run.Errors), StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(home.Folder, "pg")));
    }

    [Fact]
    public async Task A_database_that_does_not_answer_is_named_with_host_and_port_and_without_its_password()
    {
        await using var home = new Home();
        string plan = home.Write("plan.yaml", "name: p\nmodels: [SqueezeNet1_1]\nlatency: { devices: [cpu] }\n");
        home.Set("FLEETMARK_DATABASE", "Host=127.0.0.1;Port=1;Database=x;Username=u;Password=geheim");

        Finished run = await home.RunAsync("run", plan);

        Assert.Equal(2, run.ExitCode);
        string line = Assert.Single(run.Errors, l => l.StartsWith("fleetmark:", StringComparison.Ordinal));
        Assert.Contains("127.0.0.1:1", line, StringComparison.Ordinal);
        Assert.DoesNotContain("geheim", string.Join('\n', run.Errors), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_option_is_one_line_and_exit_2()
    {
        await using var home = new Home();

        Finished run = await home.RunAsync("run", "plans/quickstart.yaml", "--effrt", "quick");

        Assert.Equal(2, run.ExitCode);
        Assert.All(run.Errors, l => Assert.StartsWith("fleetmark:", l, StringComparison.Ordinal));
    }

    private static async Task BuildAsync(Home home)
    {
        Assert.Equal(0, (await home.RunAsync("models", "build", "SqueezeNet1_1", "--out", home.Beside("whole.onnx"))).ExitCode);
        byte[] whole = await File.ReadAllBytesAsync(home.Beside("whole.onnx"), TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(home.Beside("cut.onnx"), whole[..(whole.Length / 2)], TestContext.Current.CancellationToken);
    }
}
