using System.Security.Cryptography;
using System.Text;

namespace Fleetmark.Models;

/// <summary>A SHA-256: 64 lower-case hexadecimal digits. It names a file by its bytes.</summary>
public readonly record struct Digest
{
    private readonly string? _hex;

    private Digest(string hex) => _hex = hex;

    /// <summary>The 64 digits; empty for the default value, which is no digest.</summary>
    public string Hex => _hex ?? "";

    /// <summary>The digest of 32 hash bytes.</summary>
    /// <exception cref="ArgumentException">Not 32 bytes.</exception>
    public static Digest FromBytes(ReadOnlySpan<byte> hash)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(hash.Length, SHA256.HashSizeInBytes, nameof(hash));
        return new Digest(Convert.ToHexStringLower(hash));
    }

    /// <summary>The digest of a text's UTF-8 bytes.</summary>
    public static Digest OfText(string text) => FromBytes(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    /// <summary>Reads 64 hexadecimal digits of either case; null when the text is anything else.</summary>
    public static Digest? Parse(string? text) =>
        text is { Length: 64 } && text.All(char.IsAsciiHexDigit) ? new Digest(text.ToLowerInvariant()) : null;

    /// <inheritdoc/>
    public override string ToString() => Hex;
}
