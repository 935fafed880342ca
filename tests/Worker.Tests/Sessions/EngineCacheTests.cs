using Fleetmark.Measurement.Launches;
using Fleetmark.Worker.Protocol;
using Fleetmark.Worker.Sessions;

namespace Fleetmark.Worker.Tests.Sessions;

public sealed class EngineCacheTests(ModelFolder models) : IClassFixture<ModelFolder>
{
    private static readonly Dictionary<string, string> Options = new(StringComparer.Ordinal) { ["trt_fp16_enable"] = "0", ["device_id"] = "0" };

    [Fact]
    public void Everything_an_engine_depends_on_is_in_its_key()
    {
        LaunchRequest launch = Launch();
        LaunchDevice device = launch.Device!;
        LaunchRequest[] others =
        [
            launch with { Model = launch.Model with { Sha256 = new string('b', 64) } },
            launch with { Inputs = [launch.Inputs[0] with { Shape = [8, 3, 8, 8] }] },
            launch with { Device = device with { Name = "Tesla V100" } },
            launch with { Device = device with { ComputeCapability = "7.0" } },
            launch with { Device = device with { Driver = "580" } },
        ];
        string[] keys = [EngineCache.Key(launch, Options), .. others.Select(other => EngineCache.Key(other, Options)), EngineCache.Key(launch, new Dictionary<string, string>(Options) { ["trt_fp16_enable"] = "1" })];

        Assert.Distinct(keys);
        Assert.All(keys, key => Assert.Matches("^[0-9a-f]{64}$", key));
    }

    [Fact]
    public void What_an_engine_does_not_depend_on_is_not_in_its_key() =>
        Assert.Equal(EngineCache.Key(Launch(), Options), EngineCache.Key(Launch() with { Launch = "other", Seed = 5, Device = Launch().Device! with { Uuid = "GPU-2" }, WorkDir = "/x" }, Options));

    [Fact]
    public void A_new_engine_was_built_and_an_old_one_cached()
    {
        LaunchRequest launch = Launch() with { CacheDir = models.At("cache") };
        EngineCache first = EngineCache.Open(launch, Options);
        File.WriteAllText(Path.Combine(first.Folder, "g.engine"), "");

        Assert.Equal("built", first.Outcome());
        Assert.Equal("cached", EngineCache.Open(launch, Options).Outcome());
    }

    [Fact]
    public void Without_a_cache_the_engine_is_built_in_the_work_folder() =>
        Assert.StartsWith(models.At("engines"), EngineCache.Open(Launch(), Options).Folder, StringComparison.Ordinal);

    [Fact]
    public void A_cache_that_cannot_be_used_is_told()
    {
        string file = models.Save("file", []);
        Assert.Contains("the cache folder cannot be used", Assert.Throws<WorkerException>(() => EngineCache.Open(Launch() with { CacheDir = file }, Options)).Message, StringComparison.Ordinal);
    }

    private LaunchRequest Launch() => models.Launch() with
    {
        Model = new ModelFile { Path = "m.onnx", Sha256 = new string('a', 64), Format = "onnx" },
        Device = new LaunchDevice { Uuid = "GPU-1", Name = "Tesla T4", ComputeCapability = "7.5", Driver = "570" },
    };
}
