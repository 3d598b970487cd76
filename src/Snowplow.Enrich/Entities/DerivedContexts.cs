using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Snowplow.Events;
using Snowplow.Events.Enriched;

namespace Snowplow.Enrich.Entities;

/// <summary>
/// The entities that enrichments add to an event (<c>derived_contexts</c>), in the order of their adding, each as compact
/// self-describing JSON. Reused from event to event. Not thread-safe.
/// </summary>
internal sealed class DerivedContexts : IDisposable
{
    private static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private const int FirstBytes = 4096;

    // A buffer beyond this is not kept for the next event.
    private const int KeptBytes = 1 << 20;

    private readonly List<Entry> _items = [];
    private readonly ArrayBufferWriter<byte> _data = new(1024);
    private readonly Utf8JsonWriter _writer;
    private ArrayBufferWriter<byte> _json = new(FirstBytes);
    private int _begun;
    private int _schemaLength;

    /// <summary>Starts empty.</summary>
    public DerivedContexts() => _writer = new Utf8JsonWriter(_data, WriterOptions);

    /// <summary>How many there are.</summary>
    public int Count => _items.Count;

    /// <summary>How many of them, from the first on, have been held to their schemas and are not again.</summary>
    public int CheckedCount { get; set; }

    /// <summary>One of them, whole. Valid until the next change.</summary>
    public ReadOnlyMemory<byte> this[int index] => _json.WrittenMemory[_items[index].Json];

    /// <summary>The Iglu URI of one's schema. Valid until the next change.</summary>
    public ReadOnlySpan<byte> Schema(int index) => _json.WrittenSpan[_items[index].Schema];

    /// <summary>One's data. Valid until the next change.</summary>
    public ReadOnlyMemory<byte> Data(int index) => _json.WrittenMemory[_items[index].Data];

    /// <summary>Forgets all.</summary>
    public void Clear()
    {
        _items.Clear();
        CheckedCount = 0;
        if (_json.Capacity > KeptBytes) _json = new ArrayBufferWriter<byte>(FirstBytes);
        else _json.ResetWrittenCount();
    }

    /// <summary>Adds an entity.</summary>
    /// <param name="schema">Iglu URI of its schema, which needs no escapes.</param>
    /// <param name="data">Valid JSON; white space and control characters in it are seen to.</param>
    public void Add(ReadOnlySpan<byte> schema, ReadOnlySpan<byte> data) => _items.Add(Append(schema, data));

    /// <summary>Begins an entity whose data is written next; <see cref="End"/> adds it.</summary>
    /// <param name="schema">Iglu URI of its schema, which needs no escapes.</param>
    public Utf8JsonWriter Begin(ReadOnlySpan<byte> schema)
    {
        _begun = _json.WrittenCount;
        _schemaLength = schema.Length;
        _json.Write("{\"schema\":\""u8);
        _json.Write(schema);
        _json.Write("\",\"data\":"u8);
        _data.ResetWrittenCount();
        _writer.Reset();
        return _writer;
    }

    /// <summary>Adds the entity begun by <see cref="Begin"/>, whose data is complete.</summary>
    public void End()
    {
        _writer.Flush();
        _items.Add(Close(_begun, _schemaLength, _data.WrittenSpan));
    }

    /// <summary>Puts other data in the place of an entity's.</summary>
    /// <remarks>The schema is copied from the buffer into itself. Growing makes a new buffer, so the old text stays readable.</remarks>
    public void Replace(int index, ReadOnlySpan<byte> data) => Replace(index, Schema(index), data);

    /// <summary>Puts another entity in the place of one.</summary>
    public void Replace(int index, ReadOnlySpan<byte> schema, ReadOnlySpan<byte> data) => _items[index] = Append(schema, data);

    /// <summary>Takes one away.</summary>
    public void RemoveAt(int index) => _items.RemoveAt(index);

    /// <summary>Puts one before all others.</summary>
    public void Prepend(ReadOnlySpan<byte> schema, ReadOnlySpan<byte> data) => _items.Insert(0, Append(schema, data));

    /// <summary>Sets the event's column; leaves it empty where there are none.</summary>
    public void WriteTo(EnrichedEventBuilder fields)
    {
        if (_items.Count == 0)
        {
            fields.Unset(EventField.DerivedContexts);
            return;
        }

        _data.ResetWrittenCount();
        _data.Write("""{"schema":"iglu:com.snowplowanalytics.snowplow/contexts/jsonschema/1-0-1","data":["""u8);
        for (var i = 0; i < _items.Count; i++)
        {
            if (i > 0) _data.Write(","u8);
            _data.Write(this[i].Span);
        }

        _data.Write("]}"u8);
        fields.SetClean(EventField.DerivedContexts, _data.WrittenSpan);
    }

    /// <inheritdoc/>
    public void Dispose() => _writer.Dispose();

    private Entry Append(ReadOnlySpan<byte> schema, ReadOnlySpan<byte> data)
    {
        var start = _json.WrittenCount;
        _json.Write("{\"schema\":\""u8);
        _json.Write(schema);
        _json.Write("\",\"data\":"u8);
        return Close(start, schema.Length, data);
    }

    private Entry Close(int start, int schemaLength, ReadOnlySpan<byte> data)
    {
        var dataStart = _json.WrittenCount;
        JsonText.WriteCompact(data, _json);
        var dataEnd = _json.WrittenCount;
        _json.Write("}"u8);
        var schemaStart = start + "{\"schema\":\"".Length;
        return new Entry(start..(dataEnd + 1), schemaStart..(schemaStart + schemaLength), dataStart..dataEnd);
    }

    private readonly record struct Entry(Range Json, Range Schema, Range Data);
}
