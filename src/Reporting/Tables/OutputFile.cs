namespace Fleetmark.Reporting.Tables;

/// <summary>A file to be written.</summary>
/// <param name="RelativePath">Path below the output folder, with <c>/</c>.</param>
/// <param name="Bytes">UTF-8 without byte order mark, LF line ends, one LF at the end.</param>
public sealed record OutputFile(string RelativePath, ReadOnlyMemory<byte> Bytes);
