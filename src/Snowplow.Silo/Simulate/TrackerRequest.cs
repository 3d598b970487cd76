namespace Snowplow.Silo.Simulate;

/// <summary>
/// One request of a tracker while it is written and sent: a POST of <c>payload_data</c> 1-0-4 with one or more events,
/// or a GET of the pixel with one event in the query string (spec snowplow-collector §1, snowplow-enrich §4).
/// </summary>
/// <remarks>
/// Values are written as they are given: they must hold no quote, backslash or control character, which no value of
/// the simulation does. <c>stm</c>, the time of sending, is known last, so its 13 digits are filled in by
/// <see cref="Stamp"/>.
/// </remarks>
internal sealed class TrackerRequest(Client client, bool isGet)
{
    private const int TimestampLength = 13;

    private readonly Utf8Buffer _buffer = new();
    private readonly List<int> _sentTimeOffsets = [];
    private readonly List<Guid> _eventIds = [];

    /// <summary>Who sends it.</summary>
    public Client Client { get; } = client;

    /// <summary>True for the pixel, false for a POST.</summary>
    public bool IsGet { get; } = isGet;

    /// <summary>The ids of the events in it, in order.</summary>
    public IReadOnlyList<Guid> EventIds => _eventIds;

    /// <summary>The body of a POST, or the query string of a GET, without the question mark.</summary>
    public ReadOnlyMemory<byte> Payload => _buffer.WrittenMemory;

    /// <summary>Begins an event.</summary>
    public void Begin(Guid eventId)
    {
        if (!IsGet)
        {
            _buffer.Append(_eventIds.Count == 0
                ? """{"schema":"iglu:com.snowplowanalytics.snowplow/payload_data/jsonschema/1-0-4","data":[{"""u8
                : ",{"u8);
        }

        _eventIds.Add(eventId);
        Add("eid"u8, eventId);
    }

    /// <summary>Writes one parameter.</summary>
    public void Add(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        BeginValue(name);
        if (IsGet)
            _buffer.AppendPercentEncoded(value);
        else
            _buffer.Append(value);
        EndValue();
    }

    /// <summary>Writes one parameter whose text needs no percent-encoding: a number or a UUID.</summary>
    public void Add<T>(ReadOnlySpan<byte> name, T value)
        where T : IUtf8SpanFormattable
    {
        BeginValue(name);
        _buffer.Append(value);
        EndValue();
    }

    /// <summary>Writes one parameter as URL-safe base64.</summary>
    public void AddBase64(ReadOnlySpan<byte> name, Utf8Buffer json)
    {
        BeginValue(name);
        _buffer.AppendBase64Url(json.Written);
        EndValue();
    }

    /// <summary>Writes parameters rendered before with <see cref="Render"/> for the same kind of request.</summary>
    public void AddRendered(ReadOnlySpan<byte> parameters) => _buffer.Append(parameters);

    /// <summary>Ends the event with the place for its time of sending.</summary>
    public void End()
    {
        BeginValue("stm"u8);
        _sentTimeOffsets.Add(_buffer.Length);
        _buffer.Append("0000000000000"u8);
        if (!IsGet)
            _buffer.Append("\"}"u8);
    }

    /// <summary>Ends the request: no event can follow.</summary>
    public void Close()
    {
        if (!IsGet)
            _buffer.Append("]}"u8);
    }

    /// <summary>Fills in the time of sending, in milliseconds since the epoch.</summary>
    public void Stamp(long sentTime)
    {
        foreach (var offset in _sentTimeOffsets)
            sentTime.TryFormat(_buffer.Written.Slice(offset, TimestampLength), out _, default, null);
    }

    /// <summary>Renders parameters that stay the same from event to event, for <see cref="AddRendered"/>.</summary>
    public static byte[] Render(bool isGet, Action<TrackerRequest> write)
    {
        var request = new TrackerRequest(new Client("", "", null, null, false), isGet);
        write(request);
        return request._buffer.Written.ToArray();
    }

    private void BeginValue(ReadOnlySpan<byte> name)
    {
        if (!IsGet)
            _buffer.Append("\""u8);
        _buffer.Append(name);
        _buffer.Append(IsGet ? "="u8 : "\":\""u8);
    }

    private void EndValue() => _buffer.Append(IsGet ? "&"u8 : "\","u8);
}
