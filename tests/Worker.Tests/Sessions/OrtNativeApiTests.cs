using System.Reflection;
using System.Text.RegularExpressions;
using Fleetmark.Worker.Sessions;
using Microsoft.ML.OnnxRuntime;

namespace Fleetmark.Worker.Tests.Sessions;

public sealed unsafe partial class OrtNativeApiTests
{
    private static readonly long[] Shape = [1, 1, 2, 2];

    [Fact]
    public void The_library_is_the_one_the_managed_package_uses()
    {
        Assert.Equal(OrtEnv.Instance().GetVersionString(), OrtNativeApi.Version);
    }

    [Fact]
    public void Functions_are_taken_from_their_positions_in_the_header_of_the_package()
    {
        string[] functions = FunctionsOfTheHeader();

        Assert.Equal((nint)OrtNativeApi.RunWithBinding, OrtNativeApi.Table[Array.IndexOf(functions, "RunWithBinding")]);
        Assert.Equal((nint)OrtNativeApi.BindInput, OrtNativeApi.Table[Array.IndexOf(functions, "BindInput")]);
    }

    [Fact]
    public void The_library_tells_how_it_was_built()
    {
        nint function = OrtNativeApi.Table[Array.IndexOf(FunctionsOfTheHeader(), "GetBuildInfoString")];

        Assert.Equal(System.Runtime.InteropServices.Marshal.PtrToStringUTF8(((delegate* unmanaged<nint>)function)()), OrtNativeApi.BuildInfo);
        Assert.Contains("git-commit-id", OrtNativeApi.BuildInfo, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_through_the_pointer_leaves_the_same_output_as_a_managed_one()
    {
        using BoundModel model = Relu();
        float[] values = [1, -2, 3, -4];
        values.CopyTo(model.HostInput);
        model.CopyInput();

        OrtNativeApi.Check(OrtNativeApi.RunWithBinding(OrtNativeApi.HandleOf(model.Session), model.RunOptions.DangerousGetHandle(), model.Binding.DangerousGetHandle()));

        Assert.Equal([1, 0, 3, 0], model.Output.ToArray());
    }

    [Fact]
    public void An_input_bound_through_the_pointer_takes_the_place_of_the_one_before()
    {
        using BoundModel model = Relu();
        float[] values = [-5, 6, -7, 8];
        using var other = OrtValue.CreateTensorValueFromMemory(values, Shape);

        fixed (byte* name = "x\0"u8) OrtNativeApi.Check(OrtNativeApi.BindInput(model.Binding.DangerousGetHandle(), name, OrtNativeApi.HandleOf(other)));
        model.Session.RunWithBinding(model.RunOptions, model.Binding);

        Assert.Equal([0, 6, 0, 8], model.Output.ToArray());
    }

    [Fact]
    public void A_failed_call_throws_what_the_managed_package_would_throw()
    {
        using BoundModel model = Relu();
        using var other = OrtValue.CreateTensorValueFromMemory(new float[4], Shape);
        string managed = Assert.Throws<OnnxRuntimeException>(() => model.Binding.BindInput("nobody", other)).Message;

        string native = Assert.Throws<OnnxRuntimeException>(() => Bind(model, other)).Message;

        Assert.Equal(managed, native);

        static void Bind(BoundModel model, OrtValue value)
        {
            fixed (byte* name = "nobody\0"u8) OrtNativeApi.Check(OrtNativeApi.BindInput(model.Binding.DangerousGetHandle(), name, OrtNativeApi.HandleOf(value)));
        }
    }

    private static BoundModel Relu()
    {
        using SessionOptions options = new CpuSettings(threads: 1, new Dictionary<string, string>(StringComparer.Ordinal)).Create();
        return BoundModel.Bind(new InferenceSession(TinyModel.Bytes("Relu"), options), TinyModel.InputShape);
    }

    /// <summary>The functions of <c>struct OrtApi</c> in their order, at least those of its first versions, whose declarations have one of three forms.</summary>
    private static string[] FunctionsOfTheHeader()
    {
        string header = File.ReadAllText(typeof(OrtNativeApiTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(a => a.Key == "OrtHeader").Value!);
        int begin = header.IndexOf("struct OrtApi {", StringComparison.Ordinal);
        string table = header[begin..header.IndexOf("\n};", begin, StringComparison.Ordinal)];
        return [.. Function().Matches(table).Select(match => match.Groups["released"] is { Success: true } released ? $"Release{released.Value}" : match.Groups["name"].Value)];
    }

    [GeneratedRegex(@"^  (ORT_CLASS_RELEASE\((?<released>\w+)|ORT_API2_STATUS\((?<name>\w+)|\w[^\n(]*\(ORT_API_CALL ?\* ?(?<name>\w+))",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Function();
}
