using System.IO.Compression;

namespace Snowplow.Silo.Filters;

/// <summary>
/// The content of a gzip file of any number of members. Unlike <see cref="GZipStream"/> it ends only where the file ends: one that
/// is cut off within a member, or goes on with something else, is an error. A file cut between two members is a whole one.
/// </summary>
/// <remarks>That a member is cut off is told by .NET's setting <c>UseStrictValidation</c>, which the project file switches on.</remarks>
internal sealed class GzipFileStream : Stream
{
    private readonly GzipSource _source;
    private readonly GZipStream _gzip;

    /// <summary>Reads a file.</summary>
    /// <param name="file">The file at its beginning; owned from now on.</param>
    public GzipFileStream(FileStream file)
    {
        _source = new GzipSource(file);
        _gzip = new GZipStream(_source, CompressionMode.Decompress);
    }

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">The file is damaged or cut off; what precedes has been read.</exception>
    public override int Read(Span<byte> buffer)
    {
        int read;
        try
        {
            read = _gzip.Read(buffer);
        }
        catch (InvalidDataException damaged)
        {
            throw new InvalidDataException($"its gzip is damaged or cut off: {damaged.Message}", damaged);
        }

        if (read == 0 && buffer.Length > 0 && !_source.IsUsedUp())
            throw new InvalidDataException("behind its gzip follows something else.");
        return read;
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => ValueTask.FromResult(Read(buffer.Span));

    /// <inheritdoc/>
    public override void Flush() => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        _gzip.Dispose();
        base.Dispose(disposing);
    }
}
