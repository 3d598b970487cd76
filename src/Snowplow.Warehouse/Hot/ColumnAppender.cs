using System.Text.Json;
using Snowplow.Kql.Data;

namespace Snowplow.Warehouse.Hot;

/// <summary>
/// A column that grows in memory. One thread appends; any number of others may read at the same time, up to a number of rows that the thread that appends
/// has told them of, in a way that makes what it wrote before visible (<see cref="Volatile"/>). While all rows are the same, it takes no memory.
/// </summary>
public abstract class ColumnAppender
{
    private protected ColumnAppender(KqlType type) => Type = type;

    /// <summary>The type of the values.</summary>
    public KqlType Type { get; }

    /// <summary>Number of rows; for the thread that appends.</summary>
    public int Count { get; private protected set; }

    /// <summary>Bytes taken, about; for the thread that appends.</summary>
    public abstract long SizeBytes { get; }

    /// <summary>A column of a type, without rows.</summary>
    /// <param name="type">The type of the values.</param>
    /// <param name="former">The column before it, for about as much as which there is room at first; null for none.</param>
    public static ColumnAppender Of(KqlType type, ColumnAppender? former = null) => type switch
    {
        KqlType.Bool => new ValueAppender<bool>(type),
        KqlType.Int => new ValueAppender<int>(type),
        KqlType.Real => new ValueAppender<double>(type),
        KqlType.Decimal => new ValueAppender<decimal>(type),
        KqlType.Guid => new ValueAppender<Guid>(type),
        KqlType.String or KqlType.Dynamic => new TextAppender(type, former as TextAppender),
        _ => new ValueAppender<long>(type),
    };

    /// <summary>Appends a row without a value; of strings, with the empty one.</summary>
    public abstract void AppendNull();

    /// <summary>Appends a field of a file: text as its type is written; none where it is empty or is not of the type. JSON for dynamic.</summary>
    public abstract void AppendText(ReadOnlySpan<byte> utf8);

    /// <summary>Appends a row of another column of the type.</summary>
    public abstract void Append(Column column, int row);

    /// <summary>Appends the value at which a reader of JSON stands, and moves it to the value's end.</summary>
    public void AppendJson(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.Null: AppendNull(); break;
            case JsonTokenType.String when Type != KqlType.Dynamic: AppendJsonString(ref reader); break;
            case JsonTokenType.StartObject or JsonTokenType.StartArray: AppendJsonTree(ref reader); break;
            case JsonTokenType.True: AppendText("true"u8); break;
            case JsonTokenType.False: AppendText("false"u8); break;
            case JsonTokenType.String: AppendText([(byte)'"', .. reader.ValueSpan, (byte)'"']); break;
            default: AppendText(reader.ValueSpan); break;
        }
    }

    /// <summary>Rows that are there.</summary>
    /// <param name="start">The first row.</param>
    /// <param name="count">How many.</param>
    public abstract Column Read(int start, int count);

    private void AppendJsonString(ref Utf8JsonReader reader)
    {
        if (!reader.ValueIsEscaped)
        {
            AppendText(reader.ValueSpan);
            return;
        }

        var unescaped = new byte[reader.ValueSpan.Length];
        AppendText(unescaped.AsSpan(0, reader.CopyString(unescaped)));
    }

    // An object or array is written anew, compact: the reader may stand in several pieces of memory.
    private void AppendJsonTree(ref Utf8JsonReader reader)
    {
        using var tree = JsonDocument.ParseValue(ref reader);
        AppendText(JsonSerializer.SerializeToUtf8Bytes(tree.RootElement));
    }
}
