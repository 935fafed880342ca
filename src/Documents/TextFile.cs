using System.Text;

namespace Fleetmark.Documents;

/// <summary>Reads a short text that somebody named, whatever the name leads to.</summary>
public static class TextFile
{
    /// <summary>Longest accepted file, in bytes.</summary>
    public const int MaximumBytes = 1 << 20;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The text of a regular UTF-8 file, exactly as its bytes say.</summary>
    /// <param name="path">The file as the person gave it.</param>
    /// <param name="kind">What it is, such as <c>plan</c>: the first word of the problems' codes.</param>
    /// <exception cref="ProblemException">As <see cref="RegularFile.Open"/>, or the bytes are no UTF-8 (<c>…-not-utf8</c>).</exception>
    public static string Read(string path, string kind)
    {
        using FileStream file = RegularFile.Open(path, kind, MaximumBytes);
        try
        {
            // One byte more than allowed: the length was asked before, and the file may have grown since.
            byte[] bytes = new byte[MaximumBytes + 1];
            int length = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            return length <= MaximumBytes ? Strict.GetString(bytes, 0, length) : throw RegularFile.TooLarge(path, kind, MaximumBytes);
        }
        catch (DecoderFallbackException)
        {
            throw new ProblemException(new Problem($"{kind}-not-utf8", path, "the file is no UTF-8 text", "save it as UTF-8"));
        }
        catch (IOException e)
        {
            throw new ProblemException(new Problem($"{kind}-unreadable", path, $"the {kind} cannot be read: {e.Message.TrimEnd('.')}"));
        }
    }
}
