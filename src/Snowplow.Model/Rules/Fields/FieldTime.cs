using System.Text;
using System.Text.Json;
using Snowplow.Events.Enriched;

namespace Snowplow.Model.Rules.Fields;

/// <summary>Reads times: the enriched TSV's format, or ISO 8601 (a date; a date, <c>T</c> and a time). Without a zone they are UTC.</summary>
internal static class FieldTime
{
    private const int MaxLength = 40;

    public static bool TryParse(ReadOnlySpan<byte> utf8, out DateTimeOffset time)
    {
        if (EventTime.TryParse(utf8, out time)) return true;
        if (utf8.Length is < 10 or > MaxLength || utf8.ContainsAny((byte)'"', (byte)'\\')) return false;

        // The JSON reader knows the format, but takes a time without a zone for the machine's.
        var isDate = utf8.Length == 10;
        var hasZone = !isDate && (utf8[^1] == 'Z' || utf8[10..].ContainsAny((byte)'+', (byte)'-'));
        ReadOnlySpan<byte> end = isDate ? "T00:00:00Z\""u8 : hasZone ? "\""u8 : "Z\""u8;
        Span<byte> quoted = stackalloc byte[MaxLength + 16];
        quoted[0] = (byte)'"';
        utf8.CopyTo(quoted[1..]);
        end.CopyTo(quoted[(1 + utf8.Length)..]);
        quoted = quoted[..(1 + utf8.Length + end.Length)];
        if (quoted.ContainsAnyInRange((byte)0, (byte)31) || quoted.ContainsAnyInRange((byte)127, (byte)255)) return false;
        var json = new Utf8JsonReader(quoted);
        return json.Read() && json.TryGetDateTimeOffset(out time);
    }

    public static bool TryParse(string text, out DateTimeOffset time) => TryParse(Encoding.UTF8.GetBytes(text), out time);
}
