using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Snowplow.Events.Collector;

/// <summary>
/// Writes a <see cref="CollectorPayload"/> in Thrift's <c>TBinaryProtocol</c>, byte for byte as Snowplow's Java library
/// does: ascending field ids, absent fields left out, the timestamp always there.
/// </summary>
/// <remarks>
/// A field is <c>[type: 1 byte][id: int16 BE][value]</c>; a string is <c>[length: int32 BE][bytes]</c>, a list
/// <c>[element type: 1 byte][count: int32 BE][elements]</c>; one zero byte ends the struct.
/// </remarks>
public static class CollectorPayloadWriter
{
    /// <summary>Appends the payload to a buffer.</summary>
    public static void Write(CollectorPayload payload, IBufferWriter<byte> output)
    {
        WriteString(output, ThriftField.IpAddress, payload.IpAddress);
        WriteTimestamp(output, payload.TimestampMs);
        WriteString(output, ThriftField.Encoding, payload.Encoding);
        WriteString(output, ThriftField.Collector, payload.Collector);
        WriteString(output, ThriftField.UserAgent, payload.UserAgent);
        WriteString(output, ThriftField.RefererUri, payload.RefererUri);
        WriteString(output, ThriftField.Path, payload.Path);
        WriteString(output, ThriftField.Querystring, payload.Querystring);
        WriteBody(output, payload.Body);
        WriteHeaders(output, payload.Headers);
        WriteString(output, ThriftField.ContentType, payload.ContentType);
        WriteString(output, ThriftField.Hostname, payload.Hostname);
        WriteString(output, ThriftField.NetworkUserId, payload.NetworkUserId);
        WriteString(output, ThriftField.Schema, payload.Schema);
        WriteNumber(output, ThriftField.ExceededLimit, payload.ExceededLimitBytes);
        if (payload.IsForget) WriteForget(output);
        WriteNumber(output, ThriftField.CutFrom, payload.CutFromBytes);
        output.GetSpan(1)[0] = ThriftType.Stop;
        output.Advance(1);
    }

    private static void WriteTimestamp(IBufferWriter<byte> output, long timestampMs)
    {
        WriteFieldHeader(output, ThriftType.I64, ThriftField.Timestamp);
        BinaryPrimitives.WriteInt64BigEndian(output.GetSpan(8), timestampMs);
        output.Advance(8);
    }

    private static void WriteBody(IBufferWriter<byte> output, ReadOnlyMemory<byte>? body)
    {
        if (body is not { } bytes) return;
        WriteFieldHeader(output, ThriftType.String, ThriftField.Body);
        WriteInt32(output, bytes.Length);
        output.Write(bytes.Span);
    }

    private static void WriteHeaders(IBufferWriter<byte> output, IReadOnlyList<string>? headers)
    {
        if (headers is null) return;
        WriteFieldHeader(output, ThriftType.List, ThriftField.Headers);
        output.GetSpan(1)[0] = ThriftType.String;
        output.Advance(1);
        WriteInt32(output, headers.Count);
        foreach (var header in headers) WriteStringValue(output, header);
    }

    private static void WriteNumber(IBufferWriter<byte> output, short id, int? value)
    {
        if (value is not { } number) return;
        WriteFieldHeader(output, ThriftType.I32, id);
        WriteInt32(output, number);
    }

    private static void WriteForget(IBufferWriter<byte> output)
    {
        WriteFieldHeader(output, ThriftType.Bool, ThriftField.Forget);
        output.GetSpan(1)[0] = 1;
        output.Advance(1);
    }

    private static void WriteString(IBufferWriter<byte> output, short id, string? value)
    {
        if (value is null) return;
        WriteFieldHeader(output, ThriftType.String, id);
        WriteStringValue(output, value);
    }

    private static void WriteStringValue(IBufferWriter<byte> output, string value)
    {
        var length = Encoding.UTF8.GetByteCount(value);
        WriteInt32(output, length);
        if (length == 0) return;
        Encoding.UTF8.GetBytes(value, output.GetSpan(length));
        output.Advance(length);
    }

    private static void WriteFieldHeader(IBufferWriter<byte> output, byte type, short id)
    {
        var span = output.GetSpan(3);
        span[0] = type;
        BinaryPrimitives.WriteInt16BigEndian(span[1..], id);
        output.Advance(3);
    }

    private static void WriteInt32(IBufferWriter<byte> output, int value)
    {
        BinaryPrimitives.WriteInt32BigEndian(output.GetSpan(4), value);
        output.Advance(4);
    }
}
