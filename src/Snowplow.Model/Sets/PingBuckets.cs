using System.Text.Json;
using System.Text.Json.Serialization;

namespace Snowplow.Model.Sets;

/// <summary>
/// The distinct heartbeats of page pings, view by view: ranges of consecutive numbers, since a reader who stays pings
/// without pause. At most 1,024 ranges; beyond, heartbeats that do not lengthen a range are left out and
/// <see cref="IsExact"/> turns false.
/// </summary>
[JsonConverter(typeof(Converter))]
internal sealed class PingBuckets
{
    internal const int Capacity = 1024;

    // By view, then first; ranges of a view neither overlap nor touch.
    private CompactList<Range> _ranges;

    /// <summary>Whether no heartbeat was left out.</summary>
    public bool IsExact { get; private set; } = true;

    /// <summary>The number of distinct (view, heartbeat).</summary>
    public long Count { get; private set; }

    /// <summary>The number of distinct views.</summary>
    public int Views { get; private set; }

    /// <summary>The number of distinct heartbeats of one view.</summary>
    public long CountOf(ulong view)
    {
        var at = _ranges.Elements.BinarySearch(new Range(view, long.MinValue, long.MinValue));
        var count = 0L;
        for (at = at < 0 ? ~at : at; at < _ranges.Count && _ranges[at].View == view; at++) count += _ranges[at].Length;
        return count;
    }

    public void Add(ulong view, long bucket) => Add(new Range(view, bucket, bucket));

    public void UnionWith(PingBuckets other)
    {
        IsExact &= other.IsExact;
        foreach (var range in other._ranges.Elements) Add(range);
    }

    private void Add(Range range)
    {
        // The ranges from..to overlap or touch the new one and become one with it.
        var from = _ranges.Elements.BinarySearch(range with { Last = long.MinValue });
        if (from < 0) from = ~from;
        if (from > 0 && Touches(_ranges[from - 1], range)) from--;
        var to = from;
        for (; to < _ranges.Count && Touches(_ranges[to], range); to++)
        {
            range = range with { First = Math.Min(range.First, _ranges[to].First), Last = Math.Max(range.Last, _ranges[to].Last) };
            Count -= _ranges[to].Length;
        }

        if (to == from && _ranges.Count == Capacity)
        {
            IsExact = false;
            return;
        }

        Count += range.Length;
        if (to > from)
        {
            _ranges[from] = range;
            _ranges.RemoveRange(from + 1, to - from - 1);
            return;
        }

        var isKnownView = (from > 0 && _ranges[from - 1].View == range.View) || (from < _ranges.Count && _ranges[from].View == range.View);
        if (!isKnownView) Views++;
        _ranges.Insert(from, range);
    }

    private static bool Touches(Range a, Range b) => a.View == b.View && a.First <= b.Last + 1 && b.First <= a.Last + 1;

    private readonly record struct Range(ulong View, long First, long Last) : IComparable<Range>
    {
        public long Length => Last - First + 1;

        public int CompareTo(Range other) => (View, First, Last).CompareTo((other.View, other.First, other.Last));
    }

    // One varint: 1 where exact. Then per view its hash, the number of its ranges, and per range the distance from the end of
    // the one before and the length less one.
    internal sealed class Converter : JsonConverter<PingBuckets>
    {
        public override PingBuckets Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            var buckets = new PingBuckets();
            var packed = new PackedReader(reader.GetBytesFromBase64());
            if (packed.IsAtEnd) return buckets;
            buckets.IsExact = packed.ReadVarint() == 1;
            while (!packed.IsAtEnd)
            {
                var view = packed.Read();
                var last = 0L;
                for (var left = packed.ReadVarint(); left > 0; left--)
                {
                    var first = last + packed.ReadVarint();
                    last = first + packed.ReadVarint();
                    buckets.Add(new Range(view, first, last));
                }
            }

            return buckets;
        }

        public override void Write(Utf8JsonWriter writer, PingBuckets value, JsonSerializerOptions options)
        {
            var ranges = value._ranges.Elements;
            var packed = new PackedWriter(new byte[8 + ranges.Length * (8 + 3 * PackedWriter.MaxVarint)]);
            if (!value.IsExact || ranges.Length > 0) packed.WriteVarint(value.IsExact ? 1 : 0);
            for (var i = 0; i < ranges.Length;)
            {
                var end = i + 1;
                while (end < ranges.Length && ranges[end].View == ranges[i].View) end++;
                packed.Write(ranges[i].View);
                packed.WriteVarint(end - i);
                for (var last = 0L; i < end; i++)
                {
                    packed.WriteVarint(ranges[i].First - last);
                    packed.WriteVarint(ranges[i].Last - ranges[i].First);
                    last = ranges[i].Last;
                }
            }

            writer.WriteBase64StringValue(packed.Written);
        }
    }
}
