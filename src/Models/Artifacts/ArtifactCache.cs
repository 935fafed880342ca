using Fleetmark.Documents;
using Fleetmark.Models.Emission;
using Fleetmark.Models.Graphs;
using Fleetmark.Models.Imported;

namespace Fleetmark.Models.Artifacts;

/// <summary>
/// The model files of one machine, by content, under <c>FLEETMARK_HOME/models</c>. Several processes may use one folder: each file is made
/// by one of them at a time, appears whole or not at all, and is verified before use.
/// </summary>
public sealed class ArtifactCache
{
    /// <summary>Default size above which the least recently used files are removed: 20 GiB.</summary>
    public const long DefaultMaximumBytes = 20L << 30;

    /// <summary>The lock of everybody on the machine who builds a model; an agent takes it by its path, <c>models/locks/build.lock</c>.</summary>
    private const string Building = "build";

    private readonly ArtifactFolder _folder;
    private readonly RecipeIndex _recipes;
    private readonly ArtifactLocks _locks;
    private readonly long _maximumBytes;

    /// <summary>A cache under <paramref name="home"/>.</summary>
    /// <param name="home"><c>FLEETMARK_HOME</c>; the folder <c>models</c> in it is made when needed.</param>
    /// <param name="clock">Times of last use.</param>
    /// <param name="maximumBytes">Size above which files that nobody holds are removed.</param>
    public ArtifactCache(string home, TimeProvider clock, long maximumBytes = DefaultMaximumBytes) : this(home, clock, maximumBytes, Disk.FreeBytes)
    {
    }

    internal ArtifactCache(string home, TimeProvider clock, long maximumBytes, Func<string, long> freeBytes)
    {
        ArgumentException.ThrowIfNullOrEmpty(home);
        ArgumentNullException.ThrowIfNull(clock);
        ArgumentOutOfRangeException.ThrowIfNegative(maximumBytes);
        string models = Path.Combine(Path.GetFullPath(home), "models");
        _folder = new ArtifactFolder(Path.Combine(models, "sha256"), clock, freeBytes);
        _recipes = new RecipeIndex(Path.Combine(models, "recipes"), freeBytes);
        _locks = new ArtifactLocks(Path.Combine(models, "locks"), clock);
        _maximumBytes = maximumBytes;
    }

    /// <summary>Digest of a definition's file with synthetic weights, without writing the file; remembered for the next time.</summary>
    public async Task<Digest> DigestAsync(ModelDefinition definition, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(definition);
        if (_recipes.Find(definition) is { } known) return known;
        using IDisposable alone = await _locks.ExclusiveAsync(RecipeIndex.KeyOf(definition).Hex, cancel);
        if (_recipes.Find(definition) is { } meanwhile) return meanwhile;
        Digest digest = await Task.Run(() => OnnxEmitter.Digest(definition, cancel), cancel);
        _recipes.Write(definition, digest);
        return digest;
    }

    /// <summary>True when the file of a definition is there and sound, so that <see cref="EnsureAsync"/> makes nothing.</summary>
    public async Task<bool> IsMadeAsync(ModelDefinition definition, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(definition);
        return await FindMadeAsync(definition, expected: null, cancel) is not null;
    }

    /// <summary>The file of a definition with synthetic weights, made when it is not there.</summary>
    /// <param name="definition">The model.</param>
    /// <param name="expected">The digest the file must have, where somebody else worked it out; null accepts what the recipe gives.</param>
    /// <param name="cancel">Stops waiting and writing; nothing half-written stays.</param>
    /// <exception cref="ProblemException">The disk is full (<c>disk-full</c>), the folder cannot be written (<c>cache-unwritable</c>), or the digest differs (<c>not-reproducible</c>).</exception>
    public async Task<Artifact> EnsureAsync(ModelDefinition definition, Digest? expected, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(definition);
        if (await FindMadeAsync(definition, expected, cancel) is { } there) return there;
        using IDisposable alone = await _locks.ExclusiveAsync(Building, cancel);
        if (await FindMadeAsync(definition, expected, cancel) is { } meanwhile) return meanwhile;
        return await Task.Run(
            () =>
            {
                Artifact made = _folder.Write($"model {definition.Name}", OnnxEmitter.Size(definition), target => OnnxEmitter.Emit(definition, target, cancel), expected);
                _recipes.Write(definition, made.Sha256);
                Evict(made.Sha256);
                return made;
            },
            cancel);
    }

    /// <summary>Takes an imported file over, unless it is there.</summary>
    /// <exception cref="ProblemException">As <see cref="EnsureAsync"/>; <c>not-reproducible</c> when the file changed since it was opened.</exception>
    public async Task<Artifact> ImportAsync(ImportedModel model, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(model);
        using IDisposable alone = await _locks.ExclusiveAsync(model.Sha256.Hex, cancel);
        return await Task.Run(
            () =>
            {
                if (_folder.Find(model.Sha256, cancel) is { } found) return found;
                using FileStream source = ModelFile.Open(model.Path, ImportExpectation.DefaultMaximumBytes);
                Artifact made = _folder.Write($"model file {model.Path}", model.SizeBytes, target => Copy(source, target, cancel), model.Sha256);
                Evict(made.Sha256);
                return made;
            },
            cancel);
    }

    /// <summary>The file of a digest if it is there and sound, else null.</summary>
    public Task<Artifact?> FindAsync(Digest sha256, CancellationToken cancel) => Task.Run(() => _folder.Find(sha256, cancel), cancel);

    /// <summary>
    /// Keeps a file from being removed until the result is disposed of, in every process that shares the folder; ends with this process at
    /// the latest. Hold first, then <see cref="EnsureAsync"/> or <see cref="FindAsync"/>: the file need not exist yet.
    /// </summary>
    public Task<IDisposable> HoldAsync(Digest sha256, CancellationToken cancel) => _locks.SharedAsync(UseOf(sha256), cancel);

    private async Task<Artifact?> FindMadeAsync(ModelDefinition definition, Digest? expected, CancellationToken cancel) =>
        (expected ?? _recipes.Find(definition)) is { } known ? await FindAsync(known, cancel) : null;

    private static string UseOf(Digest sha256) => $"{sha256.Hex}.use";

    private static void Copy(FileStream source, Stream target, CancellationToken cancel)
    {
        byte[] block = new byte[1 << 20];
        for (int read = source.Read(block); read > 0; read = source.Read(block))
        {
            cancel.ThrowIfCancellationRequested();
            target.Write(block.AsSpan(0, read));
        }
    }

    /// <summary>Removes the least recently used files until the rest fits, but neither the one just made nor any that is held.</summary>
    private void Evict(Digest justMade)
    {
        IReadOnlyList<Artifact> files = _folder.ByLastUse();
        long total = files.Sum(f => f.SizeBytes);
        foreach (Artifact file in files)
        {
            if (total <= _maximumBytes) return;
            if (file.Sha256 == justMade) continue;
            using FileStream? unused = _locks.TryExclusive(UseOf(file.Sha256));
            if (unused is null) continue;
            _folder.Remove(file);
            total -= file.SizeBytes;
        }
    }
}
