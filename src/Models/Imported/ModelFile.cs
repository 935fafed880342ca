using System.Security.Cryptography;
using Fleetmark.Documents;

namespace Fleetmark.Models.Imported;

/// <summary>The bytes of a model file that somebody named.</summary>
internal static class ModelFile
{
    /// <exception cref="ProblemException">There is no such regular file that can be read.</exception>
    internal static FileStream Open(string path, long maximumBytes) => RegularFile.Open(path, "model", maximumBytes);

    /// <summary>Digest of the whole file; the stream is back at its start afterwards.</summary>
    internal static Digest Hash(FileStream file, CancellationToken cancel)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] block = new byte[1 << 20];
        file.Position = 0;
        for (int read = file.Read(block); read > 0; read = file.Read(block))
        {
            cancel.ThrowIfCancellationRequested();
            hash.AppendData(block, 0, read);
        }

        file.Position = 0;
        return Digest.FromBytes(hash.GetHashAndReset());
    }
}
