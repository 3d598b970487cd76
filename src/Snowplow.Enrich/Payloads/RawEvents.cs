using System.Text;
using System.Text.Unicode;
using Snowplow.Enrich.Parameters;
using Snowplow.Enrich.Uris;
using Snowplow.Events;
using Snowplow.Events.BadRows;
using Snowplow.Events.Collector;

namespace Snowplow.Enrich.Payloads;

/// <summary>
/// The raw events of one payload: names and values decoded into one buffer, valid UTF-8 throughout. Reused from payload to
/// payload. Not thread-safe.
/// </summary>
internal sealed class RawEvents
{
    /// <summary>
    /// The most events of a payload. A body of tiny items would otherwise become bad rows of a thousand times its size; real
    /// trackers send tens.
    /// </summary>
    public const int MaxCount = 5000;

    private readonly List<RawParameter> _parameters = [];
    private readonly List<RawEvent> _events = [];
    private byte[] _text = new byte[16 * 1024];
    private int _used;
    private int _wholeQueryCount;
    private ReadOnlyMemory<byte> _envelopePrefix, _envelopeSuffix;

    /// <summary>The number of events.</summary>
    public int Count => _events.Count;

    /// <summary>
    /// The number of the query string's parameters that every event has: all of them, unless <see cref="ShareOnly"/> has said
    /// otherwise. They are the first ones.
    /// </summary>
    public int QueryCount { get; private set; }

    /// <summary>The event at an index.</summary>
    public RawEvent this[int index] => _events[index];

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        _parameters.Clear();
        _events.Clear();
        _used = 0;
        QueryCount = _wholeQueryCount = 0;
    }

    /// <summary>Forgets the events, keeping the query string: the body turned out to be broken.</summary>
    public void ClearEvents()
    {
        _events.Clear();
        _parameters.RemoveRange(_wholeQueryCount, _parameters.Count - _wholeQueryCount);
    }

    /// <summary>Reads the query string, whose parameters every event has. To be called first.</summary>
    public void AddQuery(ReadOnlySpan<byte> query)
    {
        var pairs = new FormPairs(query);
        while (pairs.MoveNext())
        {
            var name = Append(pairs.Name, TextEncoding.Form);
            var value = Append(pairs.Value, TextEncoding.Form);
            Add(name, value, isText: true);
        }

        QueryCount = _wholeQueryCount = _parameters.Count;
    }

    /// <summary>
    /// Says which of the query string's parameters the events have; the others are the adapter's affair. To be called before
    /// any event is added.
    /// </summary>
    public void ShareOnly(Predicate<RawParameter> isShared)
    {
        var shared = _parameters.FindAll(isShared);
        var others = _parameters.FindAll(parameter => !isShared(parameter));
        _parameters.Clear();
        _parameters.AddRange(shared);
        _parameters.AddRange(others);
        QueryCount = shared.Count;
    }

    /// <summary>Adds the event that has the query string's parameters only.</summary>
    public void AddQueryEvent() => _events.Add(new RawEvent(_parameters.Count, 0, default, IsObject: true));

    /// <summary>Adds a parameter of the event that <see cref="EndEvent(int, Range, bool)"/> will add.</summary>
    public void AddParameter(ReadOnlySpan<byte> name, bool nameIsEscaped, ReadOnlySpan<byte> value, bool valueIsEscaped, bool isText)
    {
        var nameSlice = Append(name, nameIsEscaped ? TextEncoding.Json : TextEncoding.None);
        var valueSlice = Append(value, valueIsEscaped ? TextEncoding.Json : TextEncoding.None);
        Add(nameSlice, valueSlice, isText);
    }

    /// <summary>Adds a parameter of plain text to the event that <see cref="EndEvent(int, byte[], CollectorPayload)"/> will add.</summary>
    public void AddParameter(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value) =>
        AddParameter(name, nameIsEscaped: false, value, valueIsEscaped: false, isText: true);

    /// <summary>Adds an event with the parameters added since <paramref name="firstParameter"/>.</summary>
    /// <param name="firstParameter">The number of parameters before it.</param>
    /// <param name="body">See <see cref="RawEvent.Body"/>.</param>
    /// <param name="request">See <see cref="RawEvent.Request"/>.</param>
    public void EndEvent(int firstParameter, byte[]? body, CollectorPayload? request) =>
        _events.Add(new RawEvent(firstParameter, _parameters.Count - firstParameter, default, IsObject: true) { Body = body, Request = request });

    /// <summary>Adds an event with the parameters added since <paramref name="firstParameter"/>.</summary>
    public void EndEvent(int firstParameter, Range item, bool isObject) =>
        _events.Add(new RawEvent(firstParameter, _parameters.Count - firstParameter, item, isObject));

    /// <summary>Marks an event as refused; the payload's other events are not concerned.</summary>
    public void Fail(int index, IReadOnlyList<FailureMessage> failures) => _events[index] = _events[index] with { Failures = failures };

    /// <summary>Says what surrounds an item in a body that holds it alone.</summary>
    public void SetEnvelope(ReadOnlyMemory<byte> prefix, ReadOnlyMemory<byte> suffix)
    {
        _envelopePrefix = prefix;
        _envelopeSuffix = suffix;
    }

    /// <summary>The payload with the body of one event alone, so that only this event comes of it when it is sent again.</summary>
    public CollectorPayload PayloadOf(RawEvent e, CollectorPayload payload)
    {
        if (e.Body is not null) return payload with { Body = e.Body };
        if (payload.Body is not { } body || e.Item.Equals(default)) return payload;
        return payload with { Body = (byte[])[.. _envelopePrefix.Span, .. body.Span[e.Item], .. _envelopeSuffix.Span] };
    }

    /// <summary>The number of parameters so far.</summary>
    public int ParameterCount => _parameters.Count;

    /// <summary>A parameter.</summary>
    public RawParameter Parameter(int index) => _parameters[index];

    /// <summary>A parameter's name in UTF-8.</summary>
    public ReadOnlySpan<byte> Name(RawParameter parameter) => _text.AsSpan(parameter.NameStart, parameter.NameLength);

    /// <summary>A parameter's value in UTF-8; empty stands for null.</summary>
    public ReadOnlySpan<byte> Value(RawParameter parameter) => _text.AsSpan(parameter.ValueStart, parameter.ValueLength);

    /// <summary>A parameter's value in UTF-8, valid until <see cref="Clear"/>.</summary>
    public ReadOnlyMemory<byte> ValueMemory(RawParameter parameter) => _text.AsMemory(parameter.ValueStart, parameter.ValueLength);

    /// <summary>The query string's pairs as bad rows hold them: all of them, whether events have them or not.</summary>
    public List<KeyValuePair<string, string?>> QueryPairs()
    {
        var pairs = new List<KeyValuePair<string, string?>>();
        for (var i = 0; i < _wholeQueryCount; i++) pairs.Add(Pair(_parameters[i]));
        return pairs;
    }

    /// <summary>An event's parameters as bad rows hold them: each name once, with the value that counted.</summary>
    public List<KeyValuePair<string, string?>> Pairs(RawEvent e)
    {
        var pairs = new OrderedDictionary<string, string?>(StringComparer.Ordinal);
        for (var i = 0; i < e.ParameterCount; i++) Set(_parameters[e.FirstParameter + i]);
        for (var i = 0; i < QueryCount; i++) Set(_parameters[i]);
        return [.. pairs];

        void Set(RawParameter parameter)
        {
            var (name, value) = Pair(parameter);
            pairs[name] = value;
        }
    }

    private KeyValuePair<string, string?> Pair(RawParameter parameter) => new(
        Encoding.UTF8.GetString(Name(parameter)),
        parameter.ValueLength == 0 ? null : Encoding.UTF8.GetString(Value(parameter)));

    private void Add((int Start, int Length) name, (int Start, int Length) value, bool isText) => _parameters.Add(new RawParameter(
        name.Start, name.Length, value.Start, value.Length, TrackerParameters.Find(_text.AsSpan(name.Start, name.Length)), isText));

    private (int Start, int Length) Append(ReadOnlySpan<byte> text, TextEncoding encoding)
    {
        if (_text.Length - _used < text.Length) Array.Resize(ref _text, Math.Max(_text.Length * 2, _used + text.Length));
        var destination = _text.AsSpan(_used);
        var length = text.Length;
        switch (encoding)
        {
            case TextEncoding.None:
                text.CopyTo(destination);
                break;
            case TextEncoding.Json:
                length = JsonText.Unescape(text, destination);
                break;
            case TextEncoding.Form:
                length = FormEncoding.Decode(text, destination);
                if (!Utf8.IsValid(destination[..length]))
                    return Append(Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(destination[..length])), TextEncoding.None);
                break;
        }

        var start = _used;
        _used += length;
        return (start, length);
    }

    private enum TextEncoding
    {
        None,
        Json,
        Form,
    }
}
