using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Fleetmark.Measurement.Launches;
using Fleetmark.Worker.Protocol;

namespace Fleetmark.Worker.Models;

/// <summary>Writes a model file: to a temporary file beside its place, hashed as it is written, and moved there only when its digest is right.</summary>
internal static class ModelWriting
{
    /// <summary>Writes the file.</summary>
    /// <param name="what">What it is, for messages.</param>
    /// <param name="path">Its place.</param>
    /// <param name="sha256">The digest it must have; null when nobody knows it.</param>
    /// <param name="write">Writes its bytes.</param>
    /// <exception cref="WorkerException">The digest differs, or the file cannot be written.</exception>
    internal static BuiltMessage Write(string what, string path, string? sha256, Action<Stream> write)
    {
        string temporary = $"{path}.{Environment.ProcessId}.building";
        try
        {
            BuiltMessage built = WriteHashed(temporary, write);
            if (sha256 is { } expected && !string.Equals(expected, built.Sha256, StringComparison.OrdinalIgnoreCase))
                throw new WorkerException(WorkerErrorCode.Model, $"{what} is not reproducible here: built {built.Sha256}, expected {expected}");
            File.Move(temporary, path, overwrite: true);
            MakeRenameDurable(Path.GetDirectoryName(Path.GetFullPath(path))!);
            return built;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new WorkerException(WorkerErrorCode.BadRequest, $"the model file cannot be written: {e.Message}", cause: e);
        }
        finally
        {
            if (File.Exists(temporary)) File.Delete(temporary);
        }
    }

    private static BuiltMessage WriteHashed(string path, Action<Stream> write)
    {
        using var sha256 = SHA256.Create();
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None);
        using (var hashing = new CryptoStream(file, sha256, CryptoStreamMode.Write, leaveOpen: true)) write(hashing);
        file.Flush(flushToDisk: true);
        return new BuiltMessage { Sha256 = Convert.ToHexStringLower(sha256.Hash!), SizeBytes = file.Length };
    }

    private static void MakeRenameDurable(string folder)
    {
        int descriptor = NativeMethods.Open(folder, NativeMethods.OpenDirectory);
        if (descriptor < 0) throw new IOException($"{folder}: {new Win32Exception(Marshal.GetLastPInvokeError()).Message}");
        int result = NativeMethods.Synchronise(descriptor);
        NativeMethods.Close(descriptor);
        if (result != 0) throw new IOException($"{folder} cannot be flushed");
    }
}
