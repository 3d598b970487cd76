using Snowplow.Streams;

namespace Snowplow.Azure.EventHubs;

/// <summary>Records that came together: all that the partition has of the positions from <paramref name="From"/> to the last of them.</summary>
/// <param name="From">The position that was asked for. Where the first record is behind it, those between are gone.</param>
/// <param name="Records">At least one, in order.</param>
internal sealed record ReceivedRecords(long From, RawRecord[] Records)
{
    /// <summary>The position behind the last record.</summary>
    public long End => Records[^1].Position + 1;

    /// <summary>The records from a position on, up to about so many bytes but at least one; null if they are not among these.</summary>
    public ArraySegment<RawRecord>? Take(long position, int maxBytes)
    {
        if (position < From || position >= End) return null;
        var first = 0;
        while (Records[first].Position < position) first++;
        var bytes = (long)Records[first].Payload.Length;
        var last = first;
        while (last + 1 < Records.Length && (bytes += Records[last + 1].Payload.Length) <= maxBytes) last++;
        return new ArraySegment<RawRecord>(Records, first, last - first + 1);
    }
}
