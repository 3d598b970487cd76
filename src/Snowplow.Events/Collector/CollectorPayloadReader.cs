using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Snowplow.Events.Collector;

/// <summary>
/// Reads a <see cref="CollectorPayload"/> from Thrift's <c>TBinaryProtocol</c>. Fields come in any order, unknown ones
/// are skipped; arbitrary bytes give an error text, never an exception.
/// </summary>
public ref struct CollectorPayloadReader
{
    // Deeper unknown fields than any real payload has: a bound for skipping hostile ones.
    private const int MaxSkipDepth = 32;

    private static readonly Encoding Utf8 = System.Text.Encoding.UTF8;

    private readonly ReadOnlyMemory<byte> _memory;
    private readonly ReadOnlySpan<byte> _span;
    private int _at;

    private string? _ipAddress, _encoding, _collector, _userAgent, _refererUri, _path, _querystring;
    private string? _contentType, _hostname, _networkUserId, _schema;
    private long _timestampMs;
    private int? _exceededLimitBytes;
    private int? _cutFromBytes;
    private byte _forget;
    private ReadOnlyMemory<byte>? _body;
    private List<string>? _headers;

    private CollectorPayloadReader(ReadOnlyMemory<byte> record)
    {
        _memory = record;
        _span = record.Span;
    }

    /// <summary>Reads one payload. Bytes after its end are ignored, as Snowplow's <c>TDeserializer</c> does.</summary>
    /// <param name="record">The serialised structure. The payload's body refers to this memory.</param>
    /// <param name="payload">The payload, where the bytes were one.</param>
    /// <param name="error">Otherwise what is wrong and at which offset.</param>
    public static bool TryRead(ReadOnlyMemory<byte> record, [NotNullWhen(true)] out CollectorPayload? payload, [NotNullWhen(false)] out string? error)
    {
        var reader = new CollectorPayloadReader(record);
        payload = reader.Read(out error);
        return payload is not null;
    }

    private CollectorPayload? Read(out string? error)
    {
        error = null;
        while (true)
        {
            if (!TryByte(out var type)) return Fail("the record ends before the end of the Thrift struct", out error);
            if (type == ThriftType.Stop) return Build();
            if (!TryInt16(out var id)) return Fail("the record ends within a field header", out error);
            if (!TryField(type, id)) return Fail($"field {id} of type {type} is not valid Thrift, or is cut off", out error);
        }
    }

    private readonly CollectorPayload Build() => new()
    {
        IpAddress = _ipAddress,
        TimestampMs = _timestampMs,
        Encoding = _encoding,
        Collector = _collector,
        UserAgent = _userAgent,
        RefererUri = _refererUri,
        Path = _path,
        Querystring = _querystring,
        Body = _body,
        Headers = _headers,
        ContentType = _contentType,
        Hostname = _hostname,
        NetworkUserId = _networkUserId,
        Schema = _schema,
        ExceededLimitBytes = _exceededLimitBytes,
        IsForget = _forget != 0,
        CutFromBytes = _cutFromBytes,
    };

    private readonly CollectorPayload? Fail(string what, out string error)
    {
        error = $"cannot read Thrift CollectorPayload at byte {_at} of {_span.Length}: {what}";
        return null;
    }

    private bool TryField(byte type, short id)
    {
        switch (type, id)
        {
            case (ThriftType.I64, ThriftField.Timestamp):
                return TryInt64(out _timestampMs);
            case (ThriftType.I32, ThriftField.ExceededLimit):
                if (!TryInt32(out var limit)) return false;
                _exceededLimitBytes = limit;
                return true;
            case (ThriftType.I32, ThriftField.CutFrom):
                if (!TryInt32(out var whole)) return false;
                _cutFromBytes = whole;
                return true;
            case (ThriftType.Bool, ThriftField.Forget):
                return TryByte(out _forget);
            case (ThriftType.List, ThriftField.Headers):
                return TryStrings(out _headers);
            case (ThriftType.String, ThriftField.Body):
                if (!TryBytes(out var body)) return false;
                _body = body;
                return true;
            case (ThriftType.String, _):
                if (!TryBytes(out var text)) return false;
                SetText(id, text.Span);
                return true;
            default:
                return TrySkip(type, 0);
        }
    }

    private void SetText(short id, ReadOnlySpan<byte> utf8)
    {
        switch (id)
        {
            case ThriftField.IpAddress: _ipAddress = RecentTexts.Get(utf8); break;
            case ThriftField.Encoding: _encoding = RecentTexts.Get(utf8); break;
            case ThriftField.Collector: _collector = RecentTexts.Get(utf8); break;
            case ThriftField.UserAgent: _userAgent = RecentTexts.Get(utf8); break;
            case ThriftField.RefererUri: _refererUri = RecentTexts.Get(utf8); break;
            case ThriftField.Path: _path = RecentTexts.Get(utf8); break;
            case ThriftField.Querystring: _querystring = Utf8.GetString(utf8); break;
            case ThriftField.ContentType: _contentType = RecentTexts.Get(utf8); break;
            case ThriftField.Hostname: _hostname = RecentTexts.Get(utf8); break;
            case ThriftField.NetworkUserId: _networkUserId = RecentTexts.Get(utf8); break;
            case ThriftField.Schema: _schema = RecentTexts.Get(utf8); break;
        }
    }

    private bool TryStrings([NotNullWhen(true)] out List<string>? strings)
    {
        strings = null;
        // An empty list may carry any element type; each element takes at least its length's four bytes.
        if (!TryByte(out var type) || !TryInt32(out var count) || count < 0) return false;
        if (count > 0 && (type != ThriftType.String || count > (_span.Length - _at) / 4)) return false;
        strings = new List<string>(count);
        for (var i = 0; i < count; i++)
        {
            if (!TryBytes(out var bytes)) return false;
            strings.Add(RecentTexts.Get(bytes.Span));
        }

        return true;
    }

    private bool TrySkip(byte type, int depth)
    {
        if (depth > MaxSkipDepth) return false;
        return type switch
        {
            ThriftType.Bool or ThriftType.Byte => TryAdvance(1),
            ThriftType.I16 => TryAdvance(2),
            ThriftType.I32 => TryAdvance(4),
            ThriftType.I64 or ThriftType.Double => TryAdvance(8),
            ThriftType.Uuid => TryAdvance(16),
            ThriftType.String => TryBytes(out _),
            ThriftType.Struct => TrySkipStruct(depth),
            ThriftType.List or ThriftType.Set => TryByte(out var element) && TryInt32(out var count) && TrySkipMany(element, null, count, depth),
            ThriftType.Map => TryByte(out var key) && TryByte(out var value) && TryInt32(out var pairs) && TrySkipMany(key, value, pairs, depth),
            _ => false,
        };
    }

    private bool TrySkipStruct(int depth)
    {
        while (TryByte(out var type))
        {
            if (type == ThriftType.Stop) return true;
            if (!TryAdvance(2) || !TrySkip(type, depth + 1)) return false;
        }

        return false;
    }

    private bool TrySkipMany(byte first, byte? second, int count, int depth)
    {
        for (var i = 0; i < count; i++)
        {
            if (!TrySkip(first, depth + 1) || (second is { } type && !TrySkip(type, depth + 1))) return false;
        }

        return count >= 0;
    }

    private bool TryBytes(out ReadOnlyMemory<byte> bytes)
    {
        bytes = default;
        if (!TryInt32(out var length) || length < 0 || length > _span.Length - _at) return false;
        bytes = _memory.Slice(_at, length);
        _at += length;
        return true;
    }

    private bool TryByte(out byte value)
    {
        value = 0;
        if (_at >= _span.Length) return false;
        value = _span[_at++];
        return true;
    }

    private bool TryInt16(out short value)
    {
        value = 0;
        if (_span.Length - _at < 2) return false;
        value = BinaryPrimitives.ReadInt16BigEndian(_span[_at..]);
        _at += 2;
        return true;
    }

    private bool TryInt32(out int value)
    {
        value = 0;
        if (_span.Length - _at < 4) return false;
        value = BinaryPrimitives.ReadInt32BigEndian(_span[_at..]);
        _at += 4;
        return true;
    }

    private bool TryInt64(out long value)
    {
        value = 0;
        if (_span.Length - _at < 8) return false;
        value = BinaryPrimitives.ReadInt64BigEndian(_span[_at..]);
        _at += 8;
        return true;
    }

    private bool TryAdvance(int count)
    {
        if (_span.Length - _at < count) return false;
        _at += count;
        return true;
    }
}
