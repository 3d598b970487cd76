namespace Snowplow.Kql.Files;

/// <summary>Opens a file that a query names, for who runs the query knows what may be read. Called by several threads.</summary>
/// <param name="path">What stands in the query.</param>
/// <returns>The content, unpacked where the file is gzip; the engine disposes of it.</returns>
/// <exception cref="IOException">There is no such file, or it may not be read: the message is an error of the query.</exception>
/// <exception cref="UnauthorizedAccessException">The same.</exception>
public delegate Stream OpenFile(string path);

/// <summary>Writes a file that a command names, for who runs the command knows where files may be written: whole, or not at all, and never over another.</summary>
/// <param name="path">What stands in the command.</param>
/// <param name="write">Writes the content, which is packed where the path ends in <c>.gz</c>. What it throws leaves no file.</param>
/// <exception cref="IOException">It cannot or may not be written: the message is an error of the command.</exception>
/// <exception cref="UnauthorizedAccessException">The same.</exception>
public delegate WrittenFile WriteFile(string path, Action<Stream> write);

/// <summary>A file that was written.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="SizeBytes">Its size as it lies there.</param>
public readonly record struct WrittenFile(string Path, long SizeBytes);
