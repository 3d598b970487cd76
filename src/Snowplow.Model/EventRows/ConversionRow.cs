using System.Text.Json;
using Snowplow.Events.Enriched;
using Snowplow.Model.Conversions;
using Snowplow.Model.Events;
using Snowplow.Model.Rows;
using Snowplow.Model.Rules;

namespace Snowplow.Model.EventRows;

/// <summary>Writes what <see cref="ConversionColumns"/> has of its own.</summary>
internal static class ConversionRow
{
    // Ids are UUIDs, unless a user lets overlong texts pass.
    private const int MaxStack = 256;

    public static void Write(Utf8JsonWriter row, EnrichedEvent e, ConversionRule rule)
    {
        var eventId = e[EventField.EventId];
        var length = eventId.Length + 1 + rule.Name.Length;
        Span<byte> id = length <= MaxStack ? stackalloc byte[length] : new byte[length];
        eventId.CopyTo(id);
        id[eventId.Length] = (byte)':';
        System.Text.Encoding.ASCII.GetBytes(rule.Name, id[(eventId.Length + 1)..]);
        row.Text("cv_id"u8, id);
        row.Text("cv_type"u8, rule.Name);
        if (Conversion.Exact(rule.Value(e)) is { } value) row.WriteNumber("cv_value"u8, (double)value);
        row.Time("cv_tstamp"u8, EventFacts.Read(e).Order.DerivedMs);
    }
}
