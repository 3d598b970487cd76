using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Snowplow.Model.Sets;

/// <summary>
/// The events counted lately, so that copies count once: an event is known while it is no more than 6 hours of event time
/// behind the newest, and among the 512 latest of those. A copy that comes after its event was forgotten counts again.
/// </summary>
/// <remarks>
/// Of several copies the earliest is the one that counts, whatever came first; so the window keeps its time. In memory 16
/// bytes an event; serialised at most 18 and typically 11, in base64.
/// </remarks>
[JsonConverter(typeof(Converter))]
internal sealed class EventIdWindow
{
    internal const int Capacity = 512;
    internal static readonly long LengthMs = (long)TimeSpan.FromHours(6).TotalMilliseconds;

    // The ids in the first half, so that a search for one is a vectorised scan, their times in the second; both by time, then id.
    private ulong[] _events = [];

    public int Count { get; private set; }

    /// <summary>Takes note of an event.</summary>
    /// <param name="id">The event's identity.</param>
    /// <param name="timeMs">The event's time.</param>
    /// <param name="watermarkMs">The newest event time of the state, this event's included.</param>
    /// <param name="countedAtMs">Where a later copy has been counted, the time under which it was.</param>
    public Sighting See(ulong id, long timeMs, long watermarkMs, out long countedAtMs)
    {
        countedAtMs = 0;
        Forget(watermarkMs - LengthMs);
        var at = Ids[..Count].IndexOf(id);
        if (at < 0)
        {
            if (timeMs >= watermarkMs - LengthMs) Insert(id, timeMs);
            return Sighting.New;
        }

        if (Times[at] <= timeMs) return Sighting.Copy;
        countedAtMs = Times[at];
        RemoveRange(at, 1);
        Insert(id, timeMs);
        return Sighting.EarlierCopy;
    }

    private Span<ulong> Ids => _events.AsSpan(0, _events.Length / 2);

    private Span<long> Times => MemoryMarshal.Cast<ulong, long>(_events.AsSpan(_events.Length / 2));

    private void Forget(long beforeMs)
    {
        var old = 0;
        while (old < Count && Times[old] < beforeMs) old++;
        if (old > 0) RemoveRange(0, old);
    }

    private void Insert(ulong id, long timeMs)
    {
        if (Count == Capacity)
        {
            if ((timeMs, id).CompareTo((Times[0], Ids[0])) < 0) return;
            RemoveRange(0, 1);
        }

        if (Count == _events.Length / 2) Grow();
        var ids = Ids;
        var times = Times;
        var at = Count;
        while (at > 0 && (times[at - 1], ids[at - 1]).CompareTo((timeMs, id)) > 0) at--;
        ids[at..Count].CopyTo(ids[(at + 1)..]);
        times[at..Count].CopyTo(times[(at + 1)..]);
        (ids[at], times[at]) = (id, timeMs);
        Count++;
    }

    private void RemoveRange(int at, int count)
    {
        Ids[(at + count)..Count].CopyTo(Ids[at..]);
        Times[(at + count)..Count].CopyTo(Times[at..]);
        Count -= count;
    }

    private void Grow()
    {
        var ids = Ids;
        var times = Times;
        _events = new ulong[Math.Max(8, _events.Length * 2)];
        ids.CopyTo(Ids);
        times.CopyTo(Times);
    }

    internal sealed class Converter : JsonConverter<EventIdWindow>
    {
        public override EventIdWindow Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            var window = new EventIdWindow();
            var packed = new PackedReader(reader.GetBytesFromBase64());
            for (var time = 0L; !packed.IsAtEnd;)
            {
                time += packed.ReadVarint();
                window.Insert(packed.Read(), time);
            }

            return window;
        }

        public override void Write(Utf8JsonWriter writer, EventIdWindow value, JsonSerializerOptions options)
        {
            var packed = new PackedWriter(stackalloc byte[value.Count * (8 + PackedWriter.MaxVarint)]);
            for (var i = 0; i < value.Count; i++)
            {
                packed.WriteVarint(value.Times[i] - (i == 0 ? 0 : value.Times[i - 1]));
                packed.Write(value.Ids[i]);
            }

            writer.WriteBase64StringValue(packed.Written);
        }
    }
}
