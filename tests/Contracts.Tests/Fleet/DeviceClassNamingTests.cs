using System.Text.RegularExpressions;
using CsCheck;
using Fleetmark.Contracts.Fleet;

namespace Fleetmark.Contracts.Tests.Fleet;

public sealed partial class DeviceClassNamingTests
{
    [Theory]
    [InlineData("Tesla T4", 15360, "7.5", "t4", "Tesla T4")]
    [InlineData("NVIDIA T4G", 15360, "7.5", "t4g", "NVIDIA T4G")]
    [InlineData("Tesla V100-SXM2-16GB", 16160, "7.0", "v100-sxm2-16gb", "Tesla V100-SXM2-16GB")]
    [InlineData("Tesla V100-SXM2-32GB", 32510, "7.0", "v100-sxm2-32gb", "Tesla V100-SXM2-32GB")]
    [InlineData("Tesla V100-PCIE-32GB", 32510, "7.0", "v100-pcie-32gb", "Tesla V100-PCIE-32GB")]
    [InlineData("NVIDIA A10", 23028, "8.6", "a10", "NVIDIA A10")]
    [InlineData("NVIDIA A10G", 23028, "8.6", "a10g", "NVIDIA A10G")]
    [InlineData("NVIDIA A100-SXM4-40GB", 40960, "8.0", "a100-sxm4-40gb", "NVIDIA A100-SXM4-40GB")]
    [InlineData("NVIDIA A100-PCIE-40GB", 40960, "8.0", "a100-pcie-40gb", "NVIDIA A100-PCIE-40GB")]
    [InlineData("NVIDIA A100 80GB PCIe", 81920, "8.0", "a100-pcie-80gb", "NVIDIA A100 80GB PCIe")]
    [InlineData("NVIDIA A100-SXM4-40GB MIG 1g.5gb", 4864, "8.0", "a100-sxm4-40gb-mig-1g-5gb", "NVIDIA A100-SXM4-40GB MIG 1g.5gb")]
    [InlineData("NVIDIA H100 80GB HBM3", 81559, "9.0", "h100-80gb", "NVIDIA H100 80GB HBM3")]
    [InlineData("NVIDIA H100 PCIe", 81559, "9.0", "h100-pcie", "NVIDIA H100 PCIe")]
    [InlineData("NVIDIA H200", 143771, "9.0", "h200", "NVIDIA H200")]
    [InlineData("NVIDIA L4", 23034, "8.9", "l4", "NVIDIA L4")]
    [InlineData("NVIDIA L40S", 46068, "8.9", "l40s", "NVIDIA L40S")]
    [InlineData("NVIDIA GeForce RTX 3080", 10240, "8.6", "geforce-rtx-3080-10gb", "NVIDIA GeForce RTX 3080 10GB")]
    [InlineData("NVIDIA GeForce RTX 3080", 12288, "8.6", "geforce-rtx-3080-12gb", "NVIDIA GeForce RTX 3080 12GB")]
    [InlineData("NVIDIA GeForce GTX 1060 3GB", 3019, "6.1", "geforce-gtx-1060-3gb", "NVIDIA GeForce GTX 1060 3GB")]
    [InlineData("NVIDIA GeForce RTX 3090", 24268, "8.6", "geforce-rtx-3090-24gb", "NVIDIA GeForce RTX 3090 24GB")]
    [InlineData("Quadro RTX 8000", 45556, "7.5", "quadro-rtx-8000-48gb", "Quadro RTX 8000 48GB")]
    [InlineData("NVIDIA TITAN V", 12066, "7.0", "titan-v-12gb", "NVIDIA TITAN V 12GB")]
    [InlineData("NVIDIA Graphics Device", 0, "12.0", "graphics-device-sm120", "NVIDIA Graphics Device (compute capability 12.0)")]
    [InlineData("Newcomer 9000 (Z)", 0, "", "newcomer-9000-z", "Newcomer 9000 (Z)")]
    [InlineData("Newcomer 9000", 1_000_000, "", "newcomer-9000-977gb", "Newcomer 9000 977GB")]
    [InlineData("NVIDIA", 0, "", "nvidia", "NVIDIA")]
    [InlineData("", 0, "", "nvidia-gpu", "nvidia-gpu")]
    [InlineData("", 16384, "7.5", "sm75-16gb", "(compute capability 7.5) 16GB")]
    [InlineData("CPU-like 3", 0, "", "gpu-cpu-like-3", "CPU-like 3")]
    public void A_GPU_is_named_after_its_product(string name, int memoryMebibytes, string computeCapability, string slug, string displayName) =>
        Assert.Equal(new DeviceClassName(slug, displayName), DeviceClassNaming.Name("nvidia", name, memoryMebibytes, 0, computeCapability));

    [Theory]
    [InlineData("amd", "AMD Instinct MI250X", 65520, "instinct-mi250x-64gb", "AMD Instinct MI250X 64GB")]
    [InlineData("intel", "Intel(R) Arc(TM) A770 Graphics", 16288, "arc-a770-graphics-16gb", "Intel Arc A770 Graphics 16GB")]
    public void The_vendor_is_no_part_of_a_slug(string vendor, string name, int memoryMebibytes, string slug, string displayName) =>
        Assert.Equal(new DeviceClassName(slug, displayName), DeviceClassNaming.Name(vendor, name, memoryMebibytes, 0, ""));

    [Theory]
    [InlineData("AMD EPYC", 2, "cpu-amd-epyc-2c", "AMD EPYC (2 cores)")]
    [InlineData("AMD EPYC Processor (with IBPB)", 4, "cpu-amd-epyc-4c", "AMD EPYC (4 cores)")]
    [InlineData("AMD EPYC 7763 64-Core Processor", 8, "cpu-amd-epyc-7763-8c", "AMD EPYC 7763 (8 cores)")]
    [InlineData("AMD Ryzen 7 5800H with Radeon Graphics", 16, "cpu-amd-ryzen-7-5800h-16c", "AMD Ryzen 7 5800H (16 cores)")]
    [InlineData("AMD Phenom(tm) 9600 Quad-Core Processor", 4, "cpu-amd-phenom-9600-4c", "AMD Phenom 9600 (4 cores)")]
    [InlineData("Intel(R) Xeon(R) Platinum 8259CL CPU @ 2.50GHz", 8, "cpu-intel-xeon-platinum-8259cl-8c", "Intel Xeon Platinum 8259CL (8 cores)")]
    [InlineData("Intel(R) Xeon(R) CPU E5-2680 v4 @ 2.40GHz", 28, "cpu-intel-xeon-e5-2680-v4-28c", "Intel Xeon E5-2680 v4 (28 cores)")]
    [InlineData("Intel(R) Xeon(R) Processor @ 2.50GHz", 2, "cpu-intel-xeon-2c", "Intel Xeon (2 cores)")]
    [InlineData("11th Gen Intel(R) Core(TM) i7-1165G7 @ 2.80GHz", 8, "cpu-intel-core-i7-1165g7-8c", "Intel Core i7-1165G7 (8 cores)")]
    [InlineData("Intel® Core™ i5 CPU  750 2.67GHz", 1, "cpu-intel-core-i5-750-1c", "Intel Core i5 750 (1 core)")]
    [InlineData("Neoverse-N1", 64, "cpu-neoverse-n1-64c", "Neoverse-N1 (64 cores)")]
    [InlineData("", 2, "cpu-unknown-2c", "Unknown (2 cores)")]
    [InlineData("Processor", 0, "cpu-unknown", "Unknown")]
    public void A_CPU_is_named_after_its_model_and_its_usable_cores(string name, int cores, string slug, string displayName) =>
        Assert.Equal(new DeviceClassName(slug, displayName), DeviceClassNaming.Name("cpu", name, 0, cores, ""));

    [Fact]
    public void Long_names_keep_their_cores_and_stay_apart()
    {
        string model = string.Join(' ', Enumerable.Repeat("Verylong", 12));

        DeviceClassName one = DeviceClassNaming.Name("cpu", $"{model} 1", 0, 8, ""), two = DeviceClassNaming.Name("cpu", $"{model} 2", 0, 8, "");

        Assert.EndsWith("-8c", one.Slug, StringComparison.Ordinal);
        Assert.NotEqual(one.Slug, two.Slug);
        Assert.Equal(one, DeviceClassNaming.Name("cpu", $"{model} 1", 0, 8, ""));
    }

    [Fact]
    public void Any_hardware_has_a_usable_slug() => Gen.Select(Gen.OneOfConst("cpu", "nvidia", "", "??"), Gen.String, Gen.Int[0, int.MaxValue], Gen.Int[0, 4096], Gen.OneOfConst("", "9.0"))
        .Sample((vendor, name, memory, cores, capability) =>
        {
            DeviceClassName named = DeviceClassNaming.Name(vendor, name, memory, cores, capability);
            Assert.Matches(SlugShape(), named.Slug);
            Assert.Equal(vendor == "cpu", new DeviceClass { Slug = named.Slug, Vendor = vendor, DisplayName = named.DisplayName }.IsMeantBy("cpu"));
        });

    [Theory]
    [InlineData("v100", "v100", true)]
    [InlineData("v100", "v100-sxm2-16gb", true)]
    [InlineData("v100-sxm2", "v100-sxm2-16gb", true)]
    [InlineData("v10", "v100", false)]
    [InlineData("a10", "a100-sxm4-40gb", false)]
    [InlineData("v100-sxm2-16gb", "v100", false)]
    [InlineData("cpu", "cpu-amd-epyc-2c", true)]
    public void A_word_means_the_classes_it_begins(string word, string slug, bool means) =>
        Assert.Equal(means, new DeviceClass { Slug = slug, Vendor = "nvidia", DisplayName = slug }.IsMeantBy(word));

    [GeneratedRegex(@"\A[a-z0-9][a-z0-9-]{0,62}\z", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex SlugShape();
}
