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

    // Both by time, then id. Two arrays, so that a search for an id is one vectorised scan.
    private ulong[] _ids = [];
    private long[] _times = [];

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
        var at = _ids.AsSpan(0, Count).IndexOf(id);
        if (at < 0)
        {
            if (timeMs >= watermarkMs - LengthMs) Insert(id, timeMs);
            return Sighting.New;
        }

        if (_times[at] <= timeMs) return Sighting.Copy;
        countedAtMs = _times[at];
        RemoveAt(at);
        Insert(id, timeMs);
        return Sighting.EarlierCopy;
    }

    private void Forget(long beforeMs)
    {
        var old = 0;
        while (old < Count && _times[old] < beforeMs) old++;
        if (old == 0) return;
        Count -= old;
        Array.Copy(_ids, old, _ids, 0, Count);
        Array.Copy(_times, old, _times, 0, Count);
    }

    private void Insert(ulong id, long timeMs)
    {
        if (Count == Capacity)
        {
            if ((timeMs, id).CompareTo((_times[0], _ids[0])) < 0) return;
            RemoveAt(0);
        }

        if (Count == _ids.Length)
        {
            Array.Resize(ref _ids, Math.Max(4, Count * 2));
            Array.Resize(ref _times, Math.Max(4, Count * 2));
        }

        var at = Count;
        while (at > 0 && (_times[at - 1], _ids[at - 1]).CompareTo((timeMs, id)) > 0) at--;
        Array.Copy(_ids, at, _ids, at + 1, Count - at);
        Array.Copy(_times, at, _times, at + 1, Count - at);
        _ids[at] = id;
        _times[at] = timeMs;
        Count++;
    }

    private void RemoveAt(int at)
    {
        Count--;
        Array.Copy(_ids, at + 1, _ids, at, Count - at);
        Array.Copy(_times, at + 1, _times, at, Count - at);
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
                packed.WriteVarint(value._times[i] - (i == 0 ? 0 : value._times[i - 1]));
                packed.Write(value._ids[i]);
            }

            writer.WriteBase64StringValue(packed.Written);
        }
    }
}
