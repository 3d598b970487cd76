using System.Text.Json;

namespace Snowplow.Events.Enriched;

/// <summary>
/// One self-describing JSON of an enriched event: an entity of <c>contexts</c> or <c>derived_contexts</c>, or the inner event
/// of <c>unstruct_event</c>. A view into the column's text: nothing is copied, no document is built.
/// </summary>
public readonly ref struct Entity
{
    /// <summary>A view of an entity that was taken apart already.</summary>
    /// <param name="schemaUri">The Iglu URI of its data.</param>
    /// <param name="data">Its data, valid JSON.</param>
    public Entity(ReadOnlySpan<byte> schemaUri, ReadOnlySpan<byte> data)
    {
        SchemaUri = schemaUri;
        Data = data;
    }

    /// <summary>The Iglu URI of the data in UTF-8, such as <c>iglu:com.snowplowanalytics.snowplow/web_page/jsonschema/1-0-0</c>.</summary>
    public ReadOnlySpan<byte> SchemaUri { get; }

    /// <summary>The JSON text of the data in UTF-8, normally an object.</summary>
    public ReadOnlySpan<byte> Data { get; }

    /// <summary>Whether the entity is of this type, in any revision and addition of the model.</summary>
    public bool Is(EntityType type) => type.Matches(SchemaUri);

    /// <summary>
    /// A top-level string member in UTF-8, unescaped; empty where it is absent, null or no string. Only a value with escape
    /// sequences is copied.
    /// </summary>
    public ReadOnlySpan<byte> Utf8(ReadOnlySpan<byte> member)
    {
        if (!TryFind(member, out var reader) || reader.TokenType != JsonTokenType.String) return default;
        if (!reader.ValueIsEscaped) return reader.ValueSpan;
        var unescaped = new byte[reader.ValueSpan.Length];
        return unescaped.AsSpan(0, JsonText.Unescape(reader.ValueSpan, unescaped));
    }

    /// <summary>A top-level string member, or null where it is absent, null, empty or no string.</summary>
    public string? Text(ReadOnlySpan<byte> member)
    {
        var utf8 = Utf8(member);
        return utf8.IsEmpty ? null : System.Text.Encoding.UTF8.GetString(utf8);
    }

    /// <summary>A top-level member that is an integer of 64 bits, or null.</summary>
    public long? Integer(ReadOnlySpan<byte> member) =>
        TryFind(member, out var reader) && reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var value) ? value : null;

    /// <summary>A top-level member that is a number, or null.</summary>
    public double? Number(ReadOnlySpan<byte> member) =>
        TryFind(member, out var reader) && reader.TokenType == JsonTokenType.Number && reader.TryGetDouble(out var value) ? value : null;

    /// <summary>A top-level member that is <c>true</c> or <c>false</c>, or null.</summary>
    public bool? Boolean(ReadOnlySpan<byte> member) =>
        TryFind(member, out var reader) && reader.TokenType is JsonTokenType.True or JsonTokenType.False
            ? reader.TokenType == JsonTokenType.True
            : null;

    /// <summary>The JSON text of a top-level member that is an array; empty where it is absent or something else.</summary>
    public ReadOnlySpan<byte> Array(ReadOnlySpan<byte> member)
    {
        if (!TryFind(member, out var reader) || reader.TokenType != JsonTokenType.StartArray) return default;
        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        return Data[start..(int)reader.BytesConsumed];
    }

    private bool TryFind(ReadOnlySpan<byte> member, out Utf8JsonReader reader)
    {
        reader = new Utf8JsonReader(Data);
        if (Data.IsEmpty || !reader.Read() || reader.TokenType != JsonTokenType.StartObject) return false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isMember = JsonText.Is(reader, member);
            reader.Read();
            if (isMember) return true;
            reader.Skip();
        }

        return false;
    }
}
