namespace Snowplow.Streams.Local;

/// <summary>
/// Goes through a segment file record by record, a chunk of it at a time, and gets past damage: behind a damaged payload
/// by the header's length, behind a damaged header by looking for the next one that checks.
/// </summary>
/// <param name="segment">The file.</param>
/// <param name="identityCrc">CRC-32C of the log's identity, the seed of header checksums.</param>
/// <param name="offset">Where to begin: the start of a record.</param>
/// <param name="limit">Where to end, at most the file's durable length.</param>
/// <param name="chunkSize">Bytes to read at once.</param>
internal sealed class SegmentScanner(Segment segment, uint identityCrc, long offset, long limit, int chunkSize)
{
    private long _lastPosition = segment.BasePosition - 1;
    private long _chunkOffset = offset;
    private byte[] _chunk = [];
    private int _chunkLength;
    private bool _chunkHandedOut;
    private RecordHeader _header;

    /// <summary>Where the next step begins.</summary>
    public long Offset { get; private set; } = offset;

    /// <summary>The position of the last record passed.</summary>
    public long Position => _header.Position;

    /// <summary>Payload bytes of the last record passed.</summary>
    public int PayloadLength => _header.PayloadLength;

    /// <summary>After <see cref="ScanStep.Damage"/>: where the damaged bytes begin; they end at <see cref="Offset"/>.</summary>
    public long DamageOffset { get; private set; }

    /// <summary>Passes the next record, or the next damaged bytes.</summary>
    public ScanStep Next()
    {
        if (Offset >= limit) return ScanStep.End;
        if (!TryLoad(RecordLayout.HeaderSize) || !RecordLayout.TryReadHeader(Bytes(Offset), identityCrc, out var header))
            return Damage(FindHeader(Offset + 1));
        if (!TryLoad(header.RecordSize)) return Damage(limit);
        var payload = Bytes(Offset).Slice(RecordLayout.HeaderSize, header.PayloadLength);
        if (Crc32C.Of(payload) != header.PayloadCrc || header.Position <= _lastPosition) return Damage(Offset + header.RecordSize);
        _header = header;
        _lastPosition = header.Position;
        Offset += header.RecordSize;
        return ScanStep.Record;
    }

    /// <summary>The last record passed. Its payload shares the chunk's buffer, which stays as it is from now on.</summary>
    public RawRecord Take()
    {
        _chunkHandedOut = true;
        var start = (int)(Offset - _header.PayloadLength - _chunkOffset);
        return new RawRecord(_header.Position, _header.PayloadId, _chunk.AsMemory(start, _header.PayloadLength));
    }

    private ScanStep Damage(long end)
    {
        DamageOffset = Offset;
        Offset = end;
        return ScanStep.Damage;
    }

    private long FindHeader(long from)
    {
        for (var at = from; at < limit; at++)
        {
            if (!TryLoad(at, RecordLayout.HeaderSize)) return limit;
            var bytes = Bytes(at);
            var found = bytes.IndexOf(RecordLayout.Mark);
            if (found < 0)
            {
                // The mark may straddle the chunk's end.
                at += bytes.Length - RecordLayout.Mark.Length;
                continue;
            }

            at += found;
            if (!TryLoad(at, RecordLayout.HeaderSize)) return limit;
            if (RecordLayout.TryReadHeader(Bytes(at), identityCrc, out _)) return at;
        }

        return limit;
    }

    private ReadOnlySpan<byte> Bytes(long from)
    {
        var start = (int)(from - _chunkOffset);
        return _chunk.AsSpan(start, _chunkLength - start);
    }

    private bool TryLoad(int size) => TryLoad(Offset, size);

    // Sees to it that the chunk holds so many bytes from an offset on; false if the file's durable part does not.
    private bool TryLoad(long from, int size)
    {
        if (size > limit - from) return false;
        if (from >= _chunkOffset && from + size <= _chunkOffset + _chunkLength) return true;
        var length = (int)Math.Min(Math.Max(size, chunkSize), limit - from);
        if (_chunkHandedOut || _chunk.Length < length) _chunk = GC.AllocateUninitializedArray<byte>(length);
        _chunkHandedOut = false;
        _chunkOffset = from;
        _chunkLength = 0;
        while (_chunkLength < length)
        {
            var read = RandomAccess.Read(segment.Handle, _chunk.AsSpan(_chunkLength, length - _chunkLength), from + _chunkLength);
            if (read == 0) break;
            _chunkLength += read;
        }

        return _chunkLength >= size;
    }
}
