using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Snowplow.Kql;
using Snowplow.Kql.Data;

namespace Snowplow.Silo.Kusto;

/// <summary>Writes an answer to the client while it is made, a piece of some size at a time; packed where the client takes gzip and the answer is not small.</summary>
internal sealed class KustoJson : IAsyncDisposable
{
    private const int PieceBytes = 64 << 10;
    private const int MostTimeChars = 32;

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = 1000, SkipValidation = true };

    private readonly HttpContext _context;
    private readonly ArrayBufferWriter<byte> _piece = new(PieceBytes);
    private Stream? _output;

    /// <summary>A writer to a response.</summary>
    public KustoJson(HttpContext context)
    {
        _context = context;
        Writer = new Utf8JsonWriter(_piece, Options);
    }

    /// <summary>Writes what is not rows.</summary>
    public Utf8JsonWriter Writer { get; }

    /// <summary>Writes the rows of a result as arrays, values as Kusto has them in JSON.</summary>
    public async ValueTask WriteRowsAsync(ResultTable result)
    {
        var columns = new Column[result.Columns.Count];
        foreach (var batch in result.Batches)
        {
            for (var i = 0; i < columns.Length; i++) columns[i] = batch[result.Columns[i]];
            for (var row = 0; row < batch.RowCount; row++)
            {
                Writer.WriteStartArray();
                foreach (var column in columns) WriteCell(column, row);
                Writer.WriteEndArray();
                if (_piece.WrittenCount + Writer.BytesPending >= PieceBytes) await FlushAsync().ConfigureAwait(false);
            }
        }
    }

    /// <summary>Sends what is left.</summary>
    public async ValueTask DisposeAsync()
    {
        await FlushAsync().ConfigureAwait(false);
        await Writer.DisposeAsync().ConfigureAwait(false);
        if (_output is not null) await _output.DisposeAsync().ConfigureAwait(false);
    }

    private async ValueTask FlushAsync()
    {
        Writer.Flush();
        _output ??= PackedBody.Of(_context, _piece.WrittenCount);
        // A client that reads slowly holds the query's result in memory no longer than it takes to notice that it has gone.
        await _output.WriteAsync(_piece.WrittenMemory, _context.RequestAborted).ConfigureAwait(false);
        await _output.FlushAsync(_context.RequestAborted).ConfigureAwait(false);
        _piece.ResetWrittenCount();
    }

    private void WriteCell(Column column, int row)
    {
        if (column.IsNull(row))
        {
            Writer.WriteNullValue();
            return;
        }

        Span<char> text = stackalloc char[MostTimeChars];
        switch (column)
        {
            case StringColumn strings: Writer.WriteStringValue(strings.Utf8(row)); break;
            case ValueColumn<bool> bools: Writer.WriteBooleanValue(bools[row]); break;
            case ValueColumn<int> ints: Writer.WriteNumberValue(ints[row]); break;
            case ValueColumn<long> { Type: KqlType.DateTime } times:
                // Kusto leaves out a fraction of zero and zeros at its end.
                new DateTime(times[row], DateTimeKind.Utc).TryFormat(text, out var length, "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);
                Writer.WriteStringValue(text[..length]);
                break;
            case ValueColumn<long> { Type: KqlType.TimeSpan } spans:
                new TimeSpan(spans[row]).TryFormat(text, out length, "c", CultureInfo.InvariantCulture);
                Writer.WriteStringValue(text[..length]);
                break;
            case ValueColumn<long> longs: Writer.WriteNumberValue(longs[row]); break;
            case ValueColumn<Guid> guids: Writer.WriteStringValue(guids[row]); break;
            default: ResultJson.WriteValue(Writer, column.Box(row)); break;
        }
    }
}
