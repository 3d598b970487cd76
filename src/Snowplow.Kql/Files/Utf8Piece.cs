using System.Buffers;
using System.Globalization;
using System.Text;
using Snowplow.Kql.Data;
using Snowplow.Kql.Functions;

namespace Snowplow.Kql.Files;

/// <summary>Text in UTF-8 that grows at its end, and values as <c>tostring</c> gives them, without strings between where they are of fixed size.</summary>
internal sealed class Utf8Piece(int capacity) : IBufferWriter<byte>
{
    // More than any value of fixed size takes.
    private const int MostValueBytes = 64;

    private byte[] _bytes = new byte[capacity];
    private int _length;

    /// <summary>What was written.</summary>
    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, _length);

    /// <summary>Begins anew.</summary>
    public void Clear() => _length = 0;

    /// <summary>Adds a character of ASCII.</summary>
    public void Add(char ascii)
    {
        Room(1)[0] = (byte)ascii;
        _length++;
    }

    /// <summary>Adds text.</summary>
    public void Add(ReadOnlySpan<byte> utf8)
    {
        utf8.CopyTo(Room(utf8.Length));
        _length += utf8.Length;
    }

    /// <summary>Adds text.</summary>
    public void Add(string text) => _length += Encoding.UTF8.GetBytes(text, Room(Encoding.UTF8.GetMaxByteCount(text.Length)));

    /// <summary>Adds a value of a column that is neither string nor dynamic; nothing for null.</summary>
    public void AddValue(Column column, int row)
    {
        if (column.IsNull(row)) return;
        var room = Room(MostValueBytes);
        var written = 0;
        switch (column)
        {
            case ValueColumn<bool> bools: Add(bools[row] ? "true"u8 : "false"u8); break;
            case ValueColumn<int> ints: ints[row].TryFormat(room, out written, provider: CultureInfo.InvariantCulture); break;
            // 'O' of a time in UTC is what TimeText gives.
            case ValueColumn<long> { Type: KqlType.DateTime } times: new DateTime(times[row], DateTimeKind.Utc).TryFormat(room, out written, "O", CultureInfo.InvariantCulture); break;
            case ValueColumn<long> { Type: KqlType.TimeSpan } spans: new TimeSpan(spans[row]).TryFormat(room, out written, "c", CultureInfo.InvariantCulture); break;
            case ValueColumn<long> longs: longs[row].TryFormat(room, out written, provider: CultureInfo.InvariantCulture); break;
            case ValueColumn<double> reals: AddReal(reals[row], room); break;
            case ValueColumn<Guid> guids: guids[row].TryFormat(room, out written); break;
            case ValueColumn<decimal> decimals: decimals[row].TryFormat(room, out written, provider: CultureInfo.InvariantCulture); break;
            default: Add(DynamicValue.Text(column.Box(row))); break;
        }

        _length += written;
    }

    /// <inheritdoc/>
    public void Advance(int count) => _length += count;

    /// <inheritdoc/>
    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Room(Math.Max(1, sizeHint));
        return _bytes.AsMemory(_length);
    }

    /// <inheritdoc/>
    public Span<byte> GetSpan(int sizeHint = 0) => Room(Math.Max(1, sizeHint));

    private void AddReal(double value, Span<byte> room)
    {
        if (!double.IsFinite(value) || !value.TryFormat(room, out var written, "R", CultureInfo.InvariantCulture))
        {
            Add(NumberText.Of(value));
            return;
        }

        _length += written;
        // Whole numbers keep a fraction.
        if (!room[..written].ContainsAny((byte)'.', (byte)'E')) Add(".0"u8);
    }

    private Span<byte> Room(int bytes)
    {
        if (_bytes.Length - _length < bytes) Array.Resize(ref _bytes, Math.Max(2 * _bytes.Length, _length + bytes));
        return _bytes.AsSpan(_length);
    }
}
