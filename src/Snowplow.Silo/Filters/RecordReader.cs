using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;

namespace Snowplow.Silo.Filters;

/// <summary>
/// Reads an input of any size in batches: what one read brings, cut behind its last whole record. So a batch never waits for
/// input that is yet to come, and memory is bounded by the largest record.
/// </summary>
/// <param name="input">The input. Owned by the caller.</param>
/// <param name="framing">How its records follow each other.</param>
internal sealed class RecordReader(Stream input, RecordFraming framing)
{
    private const int ReadBytes = 128 << 10;
    private const int LengthBytes = 4;

    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(ReadBytes);
    private int _length;
    private int _scanned;
    private bool _ended;
    private long _records;

    /// <summary>Bytes that a record may have.</summary>
    public const int MaxRecordBytes = 64 << 20;

    /// <summary>Bytes read so far.</summary>
    public long BytesRead { get; private set; }

    /// <summary>The next batch; null at the end of the input.</summary>
    /// <exception cref="InvalidDataException">A record is too large, or the last one is cut off.</exception>
    public async ValueTask<RecordBatch?> ReadAsync(CancellationToken stop)
    {
        while (true)
        {
            var (end, count) = framing == RecordFraming.Lines ? WholeLines() : WholePrefixed();
            if (count > 0) return Take(end, count);
            if (_ended) return _length == 0 ? null : TakeRest();
            if (_buffer.Length - _length < ReadBytes / 2) Grow();
            // Not the token of the read itself: reading standard input cannot be broken off, but need not be waited for.
            var read = await input.ReadAsync(_buffer.AsMemory(_length), CancellationToken.None).AsTask().WaitAsync(stop).ConfigureAwait(false);
            _ended = read == 0;
            _length += read;
            BytesRead += read;
        }
    }

    private (int End, int Count) WholeLines()
    {
        var news = _buffer.AsSpan(_scanned, _length - _scanned);
        var last = news.LastIndexOf((byte)'\n');
        var end = _scanned + last + 1;
        _scanned = _length;
        return last < 0 ? default : (end, _buffer.AsSpan(0, end).Count((byte)'\n'));
    }

    private (int End, int Count) WholePrefixed()
    {
        var (at, count) = (0, 0);
        while (_length - at >= LengthBytes)
        {
            var size = BinaryPrimitives.ReadInt32BigEndian(_buffer.AsSpan(at));
            if (size is < 0 or > MaxRecordBytes)
            {
                if (count > 0) break;
                throw Unreadable($"says it has {size} bytes; at most {MaxRecordBytes} are possible. Are these Thrift records, each after its length?");
            }

            if (_length - at - LengthBytes < size) break;
            at += LengthBytes + size;
            count++;
        }

        return (at, count);
    }

    private RecordBatch Take(int end, int count)
    {
        var batch = new RecordBatch(_buffer, end, _records);
        var rest = _buffer.AsSpan(end, _length - end);
        _buffer = ArrayPool<byte>.Shared.Rent(Math.Max(ReadBytes, rest.Length + ReadBytes));
        rest.CopyTo(_buffer);
        _length = rest.Length;
        _scanned = _length;
        _records += count;
        return batch;
    }

    // The last line lacks its line feed; a record after its length must not lack anything.
    private RecordBatch TakeRest()
    {
        if (framing == RecordFraming.LengthPrefixed) throw Unreadable("is cut off: the input ends within it.");
        if (_length == _buffer.Length) Grow();
        _buffer[_length++] = (byte)'\n';
        return Take(_length, 1);
    }

    private void Grow()
    {
        if (_length > MaxRecordBytes) throw Unreadable($"is longer than {MaxRecordBytes} bytes.");
        var larger = ArrayPool<byte>.Shared.Rent(_buffer.Length * 2);
        _buffer.AsSpan(0, _length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }

    private InvalidDataException Unreadable(string what) => new(string.Create(
        CultureInfo.InvariantCulture, $"{(framing == RecordFraming.Lines ? "Line" : "Record")} {_records + 1} of the input {what}"));
}
