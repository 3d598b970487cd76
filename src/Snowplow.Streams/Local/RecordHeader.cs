namespace Snowplow.Streams.Local;

/// <summary>The part of a record before its payload, as <see cref="RecordLayout"/> draws it.</summary>
/// <param name="PayloadLength">Bytes of payload that follow.</param>
/// <param name="Position">The record's position in its partition.</param>
/// <param name="PayloadId">The collector's id for the payload.</param>
/// <param name="PayloadCrc">CRC-32C of the payload.</param>
internal readonly record struct RecordHeader(int PayloadLength, long Position, Guid PayloadId, uint PayloadCrc)
{
    /// <summary>Bytes of the whole record.</summary>
    public int RecordSize => RecordLayout.HeaderSize + PayloadLength;
}
