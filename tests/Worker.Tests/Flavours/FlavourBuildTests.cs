using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Fleetmark.Measurement.Launches;

namespace Fleetmark.Worker.Tests.Flavours;

public sealed class FlavourBuildTests(BuiltFlavours flavours) : IClassFixture<BuiltFlavours>
{
    private const string Managed = "Microsoft.ML.OnnxRuntime";

    public static TheoryData<string> Flavours => [.. BuiltFlavours.Names];

    /// <summary>Flavours before 1.31: what they may call is what 1.20 has, and they are compiled against 1.31.</summary>
    public static TheoryData<string> Older => ["ort122-cuda12", "ort120-cuda12-trt104"];

    [Theory]
    [InlineData("ort131-cpu", "", "", "")]
    [InlineData("ort122-cuda12", "12.8", "9.10.2", "")]
    [InlineData("ort120-cuda12-trt104", "12.6", "9.10.2", "10.4.0")]
    [InlineData("ort131-cuda13", "13.0", "9", "")]
    public void A_flavour_knows_what_it_was_built_for(string flavour, string cuda, string cudnn, string tensorRt)
    {
        Dictionary<string, string> metadata = Metadata(flavours.Worker(flavour, ".dll"));
        Assert.Equal((flavour, cuda, cudnn, tensorRt), (metadata["OrtFlavor"], metadata["OrtCuda"], metadata["OrtCudnn"], metadata["OrtTensorRt"]));
    }

    /// <summary>A member that is new here is no mistake by itself: look whether ONNX Runtime 1.20 has it, then add it; if not, it belongs behind ORT_131.</summary>
    [Theory]
    [MemberData(nameof(Older))]
    public void Older_flavours_call_exactly_what_is_known_to_be_in_1_20(string flavour)
    {
        string[] known = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Flavours", "ort-1.20-members.txt"));
        string[] called = [.. Members(flavours.Worker(flavour, ".dll")).Order(StringComparer.Ordinal)];
        Assert.Equal(string.Join('\n', known), string.Join('\n', called));
    }

    [Theory]
    [MemberData(nameof(Flavours))]
    public void A_flavour_is_a_program_of_its_own_folder(string flavour)
    {
        Assert.All(["", ".dll", ".runtimeconfig.json", ".deps.json"], ending => Assert.True(File.Exists(flavours.Worker(flavour, ending)), ending));
        Assert.False(File.Exists(flavours.Place("Fleetmark.Worker.dll")), "a worker was linked");
    }

    /// <summary>A flavour that was only compiled has no native library: the very thing a broken installation lacks.</summary>
    [Fact]
    public async Task A_worker_without_its_native_library_says_so_and_does_not_crash()
    {
        var request = new CapabilitiesRequest();
        await using WorkerUnderTest worker = WorkerUnderTest.Start(flavours.Worker("ort122-cuda12"), [], request);
        await worker.SendAsync(request);
        LaunchOutcome outcome = await worker.EndAsync();
        Assert.Equal("ort122-cuda12", outcome.Hello!.Flavour);
        DeviceCapability cpu = Assert.Single(Assert.Single(Assert.IsType<CapabilitiesMessage>(outcome.Answer).Providers).Devices);
        Assert.Equal(DeviceCapability.MissingLibrary, cpu.State);
        Assert.Equal("libonnxruntime.so cannot be found", cpu.Reason);
    }

    [Fact]
    public async Task A_flavour_nobody_knows_is_told_with_those_that_are_known()
    {
        (int exitCode, string output) = await BuiltFlavours.BuildAsync(Path.Combine(BuiltFlavours.Sources, "src", "Worker", "Worker.csproj"), "-p:OrtFlavor=ort199-cuda99");
        Assert.NotEqual(0, exitCode);
        Assert.Contains($"OrtFlavor 'ort199-cuda99' is not known; known: {string.Join(", ", BuiltFlavours.Names)}", output, StringComparison.Ordinal);
    }

    private static Dictionary<string, string> Metadata(string assembly)
    {
        using var file = new PEReader(File.OpenRead(assembly));
        MetadataReader reader = file.GetMetadataReader();
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (CustomAttribute attribute in reader.GetAssemblyDefinition().GetCustomAttributes().Select(reader.GetCustomAttribute))
        {
            if (NameOf(reader, attribute) != "AssemblyMetadataAttribute") continue;
            BlobReader value = reader.GetBlobReader(attribute.Value);
            value.ReadUInt16();
            found[value.ReadSerializedString()!] = value.ReadSerializedString() ?? "";
        }

        return found;
    }

    private static string NameOf(MetadataReader reader, CustomAttribute attribute)
    {
        EntityHandle type = reader.GetMemberReference((MemberReferenceHandle)attribute.Constructor).Parent;
        return reader.GetString(reader.GetTypeReference((TypeReferenceHandle)type).Name);
    }

    /// <summary>The members of the managed package that an assembly names, with the number of their parameters.</summary>
    private static HashSet<string> Members(string assembly)
    {
        using var file = new PEReader(File.OpenRead(assembly));
        MetadataReader reader = file.GetMetadataReader();
        return [.. reader.MemberReferences.Select(reader.GetMemberReference).Select(member => Describe(reader, member)).OfType<string>()];
    }

    private static string? Describe(MetadataReader reader, MemberReference member)
    {
        if (member.Parent.Kind != HandleKind.TypeReference) return null;
        TypeReference type = reader.GetTypeReference((TypeReferenceHandle)member.Parent);
        if (type.ResolutionScope.Kind != HandleKind.AssemblyReference) return null;
        if (reader.GetString(reader.GetAssemblyReference((AssemblyReferenceHandle)type.ResolutionScope).Name) != Managed) return null;
        string name = $"{reader.GetString(type.Name)}.{reader.GetString(member.Name)}";
        if (member.GetKind() == MemberReferenceKind.Field) return name;
        BlobReader signature = reader.GetBlobReader(member.Signature);
        if (signature.ReadSignatureHeader().IsGeneric) signature.ReadCompressedInteger();
        return $"{name}/{signature.ReadCompressedInteger()}";
    }
}
