using System.Security.Cryptography;
using System.Text.Json;
using Fleetmark.Documents;
using Fleetmark.Reporting.Tables;

namespace Fleetmark.Cli.Tables;

/// <summary>
/// The folder of <c>--out</c>. Files are built in a temporary folder inside it and moved in, the manifest last: who reads while we write sees the old set or the new
/// one of each file, never half a file. Only names of ours are replaced; what an old manifest lists and no longer exists is removed; everything else stays.
/// </summary>
internal sealed class OutputFolder
{
    private const string ManifestName = "manifest.json";

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, NewLine = "\n", PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    private readonly string _path;

    private OutputFolder(string path) => _path = path;

    /// <summary>Absolute path.</summary>
    public string Path => _path;

    /// <summary>Makes the folder and proves that it can be written, before anything is measured.</summary>
    /// <exception cref="ProblemException">It cannot.</exception>
    public static OutputFolder Open(string path)
    {
        try
        {
            string full = System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(path));
            Directory.CreateDirectory(full);
            string probe = System.IO.Path.Combine(full, $".fleetmark-{Guid.NewGuid():N}");
            File.WriteAllBytes(probe, []);
            File.Delete(probe);
            return new OutputFolder(full);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            throw new ProblemException(new Problem("out-unwritable", path, $"the folder cannot be written: {e.Message.TrimEnd('.')}", "give another --out"));
        }
    }

    /// <summary>Writes the files, then the manifest with the SHA-256 of each.</summary>
    /// <exception cref="ProblemException">The disk is full, or something of another kind has a name of ours; the run itself is safe in the database.</exception>
    public async Task WriteAsync(IReadOnlyList<OutputFile> files, CancellationToken cancel)
    {
        try
        {
            await MoveInAsync(files, cancel);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ProblemException(new Problem("out-unwritable", _path, $"the files could not be written: {e.Message.TrimEnd('.')}", "`fleetmark table RUN --out` writes them again"));
        }
    }

    private async Task MoveInAsync(IReadOnlyList<OutputFile> files, CancellationToken cancel)
    {
        string building = System.IO.Path.Combine(_path, $".fleetmark-{Guid.NewGuid():N}");
        Directory.CreateDirectory(building);
        try
        {
            string[] before = await ListedAsync(cancel);
            var digests = new SortedDictionary<string, string>(StringComparer.Ordinal);
            foreach (OutputFile file in files)
            {
                string temporary = System.IO.Path.Combine(building, file.RelativePath);
                Directory.CreateDirectory(System.IO.Path.GetDirectoryName(temporary)!);
                await File.WriteAllBytesAsync(temporary, file.Bytes, cancel);
                digests[file.RelativePath] = Convert.ToHexStringLower(SHA256.HashData(file.Bytes.Span));
            }

            foreach (string name in digests.Keys)
            {
                string target = System.IO.Path.Combine(_path, name);
                Directory.CreateDirectory(System.IO.Path.GetDirectoryName(target)!);
                File.Move(System.IO.Path.Combine(building, name), target, overwrite: true);
            }

            foreach (string stale in before.Where(n => !digests.ContainsKey(n))) File.Delete(System.IO.Path.Combine(_path, stale));
            string manifest = System.IO.Path.Combine(building, ManifestName);
            await File.WriteAllTextAsync(manifest, JsonSerializer.Serialize(new Manifest("fleetmark.manifest/1", digests), Indented) + "\n", cancel);
            File.Move(manifest, System.IO.Path.Combine(_path, ManifestName), overwrite: true);
        }
        finally
        {
            Directory.Delete(building, recursive: true);
        }
    }

    /// <summary>Names in the manifest of an earlier run, as far as they point into this folder; a manifest of somebody else counts as none.</summary>
    private async Task<string[]> ListedAsync(CancellationToken cancel)
    {
        string path = System.IO.Path.Combine(_path, ManifestName);
        if (!File.Exists(path)) return [];
        try
        {
            Manifest? manifest = JsonSerializer.Deserialize<Manifest>(await File.ReadAllTextAsync(path, cancel), Indented);
            return [.. manifest?.Files?.Keys.Where(n => IsInside(n)) ?? []];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    private bool IsInside(string name) =>
        System.IO.Path.GetFullPath(System.IO.Path.Combine(_path, name)).StartsWith(_path + System.IO.Path.DirectorySeparatorChar, StringComparison.Ordinal);

    private sealed record Manifest(string Schema, SortedDictionary<string, string> Files);
}
