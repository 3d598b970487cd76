namespace Snowplow.Silo.Filters;

/// <summary>
/// The bytes of a gzip file for <see cref="System.IO.Compression.GZipStream"/>, which reads ahead and stops in silence at what is no
/// gzip. The last of them are given one by one, so that where it stopped can be told.
/// </summary>
/// <param name="file">The file; owned.</param>
internal sealed class GzipSource(FileStream file) : Stream
{
    // What GZipStream reads at once.
    private const int ReadAheadBytes = 8192;

    private bool _hasEnded;
    private byte _last;

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

    /// <summary>Whether nothing is left but padding of zeros, once the reader has stopped.</summary>
    public bool IsUsedUp()
    {
        if (_hasEnded) return true;
        var rest = (int)_last;
        while (rest == 0) rest = file.ReadByte();
        return rest < 0;
    }

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        var most = Math.Max(1, file.Length - ReadAheadBytes - file.Position);
        var read = file.Read(buffer[..(int)Math.Min(buffer.Length, most)]);
        if (read == 0) _hasEnded = true;
        else _last = buffer[read - 1];
        return read;
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

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
        file.Dispose();
        base.Dispose(disposing);
    }
}
