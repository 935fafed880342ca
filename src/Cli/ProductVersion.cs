using System.Reflection;

namespace Fleetmark.Cli;

/// <summary>The version tables and files name.</summary>
internal static class ProductVersion
{
    /// <summary>Such as <c>0.1.0</c>, without build metadata: the same sources print the same bytes.</summary>
    public static string Text { get; } =
        typeof(ProductVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];
}
