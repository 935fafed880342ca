using System.Text.RegularExpressions;

namespace Fleetmark.Architecture;

public sealed partial class NamingTests
{
    private static readonly string[] Drawers =
        ["Common", "Core", "Shared", "Utils", "Util", "Helpers", "Helper", "Managers", "Manager", "Services", "Interfaces", "Dtos"];

    [Fact]
    public void A_namespace_equals_its_folder()
    {
        var wrong = new List<string>();
        foreach (string file in Repository.Files("src", "*.cs").Concat(Repository.Files("tests", "*.cs")))
        {
            Match declared = NamespaceLine().Match(File.ReadAllText(file));
            if (!declared.Success) continue;
            string[] parts = Path.GetDirectoryName(Repository.Relative(file))!.Split('/');
            string expected = string.Join('.', parts.Skip(1).Prepend("Fleetmark"));
            if (declared.Groups["name"].Value != expected) wrong.Add($"{Repository.Relative(file)}: {declared.Groups["name"].Value}");
        }

        Assert.Empty(wrong);
    }

    [Fact]
    public void No_folder_is_a_drawer() => Assert.DoesNotContain(Repository.Files("src", "*.cs").Select(f => Path.GetDirectoryName(Repository.Relative(f))!).Distinct(),
        folder => folder.Split('/').Intersect(Drawers, StringComparer.OrdinalIgnoreCase).Any());

    [Fact]
    public void No_type_is_a_drawer() => Assert.DoesNotContain(Repository.Files("src", "*.cs").Select(Repository.Relative), f => DrawerType().IsMatch(Path.GetFileNameWithoutExtension(f)));

    [Fact]
    public void No_grain_holds_a_database_context() => Assert.DoesNotContain(Repository.Files("src/Silo", "*Grain.cs"), f => File.ReadAllText(f).Contains("DbContext", StringComparison.Ordinal));

    [GeneratedRegex(@"^namespace (?<name>[\w.]+);", RegexOptions.Multiline | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex NamespaceLine();

    [GeneratedRegex("(Manager|Helpers?|Utils?|Utility|Utilities)$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex DrawerType();
}
