using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Snowplow.Kql.Data;
using Snowplow.Warehouse.Tables;

namespace Snowplow.Warehouse.Loading;

/// <summary>Puts rows, JSON objects of one line each, into their table.</summary>
internal sealed class RowLines
{
    private const byte Separator = 0x1F;

    private readonly StoredTable _table;
    private readonly ForgottenKeys _forgotten;
    private readonly byte[][] _names;

    // The values of the row at hand: where in the scratch each begins and ends.
    private readonly (int Start, int Length)[] _values;
    private byte[] _scratch = new byte[4096];
    private int _used;

    public RowLines(StoredTable table, ForgottenKeys forgotten)
    {
        _table = table;
        _forgotten = forgotten;
        _names = [.. table.Definition.Columns.Select(column => Encoding.UTF8.GetBytes(column.Name))];
        _values = new (int, int)[_names.Length];
    }

    /// <summary>Adds rows.</summary>
    /// <param name="lines">JSON objects, each ended by a line feed; properties that are no columns are passed over.</param>
    /// <param name="fixedValues">Values of columns that the lines do not have.</param>
    /// <exception cref="FormatException">A line is no JSON object.</exception>
    /// <exception cref="IOException">A file of the table cannot be read, or is damaged.</exception>
    public void Add(ReadOnlySpan<byte> lines, params ReadOnlySpan<(int Column, string Value)> fixedValues)
    {
        while (!lines.IsEmpty)
        {
            var end = lines.IndexOf((byte)'\n');
            var line = end < 0 ? lines : lines[..end];
            lines = end < 0 ? [] : lines[(end + 1)..];
            if (line.IsEmpty) continue;
            Read(line);
            foreach (var (column, value) in fixedValues)
            {
                var (start, length) = (_used, Encoding.UTF8.GetByteCount(value));
                Encoding.UTF8.GetBytes(value, Room(length));
                _values[column] = (start, length);
            }

            AddRow();
        }
    }

    /// <summary>What rows of <c>forgotten</c> say, without adding them.</summary>
    public IEnumerable<ForgottenRow> ReadForgotten(ReadOnlySpan<byte> lines)
    {
        var rows = new List<ForgottenRow>();
        foreach (var range in lines.Split((byte)'\n'))
        {
            if (lines[range].IsEmpty) continue;
            Read(lines[range]);
            rows.Add(ForgottenRow());
        }

        return rows;
    }

    private ForgottenRow ForgottenRow()
    {
        var table = _table.Definition;
        return new ForgottenRow(Text(table.Key[0]), Text(table.Key[1]), Number(table.PlaceOf("forgotten_at")), (Number(table.Order.First), Number(table.Order.Second)));
    }

    private void Read(ReadOnlySpan<byte> line)
    {
        _used = 0;
        Array.Clear(_values);
        try
        {
            var reader = new Utf8JsonReader(line);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) throw new FormatException($"A row of '{_table.Definition.Name}' is no JSON object.");
            var next = 0;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var column = Find(ref reader, next);
                reader.Read();
                if (column < 0) reader.Skip();
                else Take(line, ref reader, column);
                next = column + 1;
            }
        }
        catch (JsonException exception)
        {
            throw new FormatException($"A row of '{_table.Definition.Name}' is no JSON object: {exception.Message}", exception);
        }
    }

    // Properties mostly come in the order of the columns.
    private int Find(ref Utf8JsonReader reader, int expected)
    {
        if (expected < _names.Length && reader.ValueTextEquals(_names[expected])) return expected;
        for (var i = 0; i < _names.Length; i++)
            if (reader.ValueTextEquals(_names[i])) return i;
        return -1;
    }

    private void Take(ReadOnlySpan<byte> line, ref Utf8JsonReader reader, int column)
    {
        if (reader.TokenType == JsonTokenType.Null) return;
        var isDynamic = _table.Definition.Columns[column].Type == KqlType.Dynamic;
        var start = _used;
        if (reader.TokenType == JsonTokenType.String && !isDynamic)
        {
            var room = Room(reader.ValueSpan.Length);
            var length = reader.CopyString(room);
            _used = start + length;
        }
        else
        {
            var from = (int)reader.TokenStartIndex;
            reader.Skip();
            var raw = line[from..(int)reader.BytesConsumed];
            raw.CopyTo(Room(raw.Length));
        }

        _values[column] = (start, _used - start);
    }

    private void AddRow()
    {
        var definition = _table.Definition;
        if (definition.Key.Length == 0)
        {
            Append();
            _table.Add(default, isHidden: false);
            return;
        }

        var order = (Number(definition.Order.First), Number(definition.Order.Second));
        if (definition.Name == WarehouseTables.Forgotten) NewlyForgotten.Add(ForgottenRow());
        var isForgotten = !_forgotten.IsEmpty && definition.Forget != ForgetRule.None
            && _forgotten.Include(definition.Forget, Text(definition.Person.User), Text(definition.Person.Session), order, definition.LeastCounts ? order.Item2 : 0);
        var fate = _table.Decide(Key(), order);
        Append();
        _table.Add(fate, isForgotten || (definition.HiddenWhere >= 0 && _values[definition.HiddenWhere].Length > 0));
    }

    /// <summary>The rows of <c>forgotten</c> that were added since the list was emptied.</summary>
    public List<ForgottenRow> NewlyForgotten { get; } = [];

    private void Append()
    {
        var columns = _table.Hot.Columns;
        for (var i = 0; i < _values.Length; i++) columns[i].AppendText(Value(i));
    }

    private UInt128 Key()
    {
        var key = _table.Definition.Key;
        if (key.Length == 1) return RowKeys.Of(Value(key[0]));
        var start = _used;
        foreach (var column in key)
        {
            var (from, length) = _values[column];
            var room = Room(length + 1);
            _scratch.AsSpan(from, length).CopyTo(room);
            room[length] = Separator;
        }

        return RowKeys.Hash(_scratch.AsSpan(start, _used - start));
    }

    private ReadOnlySpan<byte> Value(int column) => _scratch.AsSpan(_values[column].Start, _values[column].Length);

    private string Text(int column) => column < 0 ? "" : Encoding.UTF8.GetString(Value(column));

    // A whole number, or a time in ticks of UTC, as the column in an extent has it.
    private long Number(int column)
    {
        var text = Value(column);
        if (_table.Definition.Columns[column].Type != KqlType.DateTime) return Utf8Parser.TryParse(text, out long number, out var used) && used == text.Length ? number : Missing;
        return DateTime.TryParse(Encoding.UTF8.GetString(text), CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal, out var time) ? time.Ticks : Missing;
    }

    // What has no order never counts.
    private long Missing => _table.Definition.LeastCounts ? long.MaxValue : long.MinValue;

    private Span<byte> Room(int length)
    {
        if (_used + length > _scratch.Length) Array.Resize(ref _scratch, Math.Max(2 * _scratch.Length, _used + length));
        _used += length;
        return _scratch.AsSpan(_used - length, length);
    }
}
