namespace Snowplow.Kql.Files;

/// <summary>Reads a stream by pieces of whole records, so that a file of any size takes the memory of a piece.</summary>
/// <param name="source">The stream, which stays the caller's.</param>
/// <param name="isQuoted">Whether a record may hold line breaks within quotes.</param>
internal sealed class RecordBuffer(Stream source, bool isQuoted)
{
    private const int PieceBytes = 256 << 10;
    private const int MostRecordBytes = 256 << 20;

    private byte[] _bytes = new byte[PieceBytes];

    // Read and not taken is what lies between; the first of it are the whole records that are taken at a time.
    private int _start;
    private int _end;
    private int _whole;
    private bool _isBegun;
    private bool _isDone;

    /// <summary>The whole records that were read and not taken; empty before the first <see cref="Fill"/> and at the end.</summary>
    public ReadOnlySpan<byte> Records => _bytes.AsSpan(_start, _whole - _start);

    /// <summary>Takes bytes of <see cref="Records"/>.</summary>
    public void Take(int count) => _start += count;

    /// <summary>Reads on where all records are taken; false at the end.</summary>
    /// <exception cref="FormatException">A record is larger than may be.</exception>
    /// <exception cref="IOException">The stream cannot be read.</exception>
    public bool Fill()
    {
        while (_start == _whole)
        {
            if (_isDone && _start == _end) return false;
            Read();
            _whole = _isDone ? _end : _start + WholeRecords(_bytes.AsSpan(_start, _end - _start));
        }

        return true;
    }

    private void Read()
    {
        // What is left is the beginning of a record.
        if (_start > 0) _bytes.AsSpan(_start, _end - _start).CopyTo(_bytes);
        (_end, _start) = (_end - _start, 0);
        if (_end == MostRecordBytes) throw new FormatException($"a line is longer than {MostRecordBytes >> 20} MiB");
        if (_end > _bytes.Length / 2) Array.Resize(ref _bytes, Math.Min(MostRecordBytes, 2 * _bytes.Length));
        var read = source.ReadAtLeast(_bytes.AsSpan(_end), _bytes.Length - _end, throwOnEndOfStream: false);
        _isDone = read < _bytes.Length - _end;
        _end += read;
        if (!_isBegun && _bytes.AsSpan(0, _end).StartsWith("\uFEFF"u8)) _start = 3;
        _isBegun = true;
        _whole = _start;
    }

    private int WholeRecords(ReadOnlySpan<byte> utf8)
    {
        if (!isQuoted || !utf8.Contains((byte)'"')) return utf8.LastIndexOf((byte)'\n') + 1;
        var fields = new FieldReader(utf8, (byte)',', isQuoted: true);
        var whole = 0;
        while (!fields.IsAtEnd)
        {
            while (fields.Next())
            {
            }

            if (!fields.IsCut) whole = fields.Place;
        }

        return whole;
    }
}
