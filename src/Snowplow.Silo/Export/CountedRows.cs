namespace Snowplow.Silo.Export;

/// <summary>Passes text on and counts its lines, of CSV those outside of quotes: what is written here, or comes from a server.</summary>
/// <param name="inner">Where to; it stays the caller's.</param>
/// <param name="isQuoted">Whether a line break within quotes ends no line.</param>
/// <param name="told">Told of lines and bytes so far, a few times a second.</param>
internal sealed class CountedRows(Stream inner, bool isQuoted, Action<long, long> told) : Stream
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private long _told = System.Diagnostics.Stopwatch.GetTimestamp();
    private bool _isWithin;
    private long _bytes;

    /// <summary>Lines that have ended.</summary>
    public long Lines { get; private set; }

    /// <inheritdoc/>
    public override bool CanRead => false;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => true;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        Count(buffer);
        inner.Write(buffer);
    }

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Count(buffer.Span);
        return inner.WriteAsync(buffer, cancellationToken);
    }

    /// <inheritdoc/>
    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc/>
    public override void Flush() => inner.Flush();

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    private void Count(ReadOnlySpan<byte> text)
    {
        _bytes += text.Length;
        while (isQuoted && text.IndexOf((byte)'"') is >= 0 and var quote)
        {
            if (!_isWithin) Lines += text[..quote].Count((byte)'\n');
            _isWithin = !_isWithin;
            text = text[(quote + 1)..];
        }

        if (!_isWithin) Lines += text.Count((byte)'\n');
        if (System.Diagnostics.Stopwatch.GetElapsedTime(_told) < Pause) return;
        _told = System.Diagnostics.Stopwatch.GetTimestamp();
        told(Lines, _bytes);
    }
}
