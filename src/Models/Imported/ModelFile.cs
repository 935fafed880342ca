using System.Security.Cryptography;
using Fleetmark.Documents;

namespace Fleetmark.Models.Imported;

/// <summary>Opens a model file that somebody named: a regular file, not empty, not too large; never a folder, a pipe or a device.</summary>
internal static class ModelFile
{
    /// <exception cref="ProblemException">There is no such file that can be read.</exception>
    internal static FileStream Open(string path, long maximumBytes)
    {
        try
        {
            FileSystemInfo file = new FileInfo(path).ResolveLinkTarget(returnFinalTarget: true) ?? new FileInfo(path);
            if (Directory.Exists(file.FullName)) throw Wrong("model-not-a-file", "this is a folder", "name the .onnx file");
            if (file is not FileInfo { Exists: true } regular) throw Missing();
            // Pipes, sockets and devices have no length either, and opening one could wait for ever.
            if (regular.Length == 0) throw Wrong("model-empty", "the file is empty (0 bytes) or no regular file", "export or copy it again");
            if (regular.Length > maximumBytes) throw Wrong("model-too-large", $"the file has {regular.Length} bytes", $"at most {maximumBytes} are accepted");
            return new FileStream(regular.FullName, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw Missing();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Wrong("model-unreadable", $"the file cannot be read: {e.Message}");
        }

        ProblemException Missing() => Wrong("model-missing", "there is no such file", "check the path");

        ProblemException Wrong(string code, string what, string remedy = "") => new(new Problem(code, path, what, remedy));
    }

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
