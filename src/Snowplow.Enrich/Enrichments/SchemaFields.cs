using System.Text;
using Snowplow.Events.Enriched;

namespace Snowplow.Enrich.Enrichments;

/// <summary>
/// Says what the event is in <c>event_vendor</c>, <c>event_name</c>, <c>event_format</c> and <c>event_version</c>: the schema of a self-describing
/// event, fixed names for the others (<c>struct</c> counts as Google's, whose shape it has).
/// </summary>
internal sealed class SchemaFields : IEnrichment
{
    /// <inheritdoc/>
    public void Enrich(EventInProgress e)
    {
        var type = e.Fields[EventField.Event];
        if (type.SequenceEqual("unstruct"u8))
        {
            if (e.SelfDescribingEventSchema is { } key) Set(e, key.Vendor, key.Name, key.Format, key.Version);
        }
        else if (type.SequenceEqual("struct"u8))
        {
            Set(e, "com.google.analytics"u8, "event"u8, "jsonschema"u8, "1-0-0"u8);
        }
        else if (type.SequenceEqual("page_view"u8) || type.SequenceEqual("page_ping"u8)
            || type.SequenceEqual("transaction"u8) || type.SequenceEqual("transaction_item"u8))
        {
            Set(e, "com.snowplowanalytics.snowplow"u8, type, "jsonschema"u8, "1-0-0"u8);
        }
        else
        {
            e.FailEnrichment(null, EventField.Event, "unrecognized event type");
        }
    }

    private static void Set(EventInProgress e, string vendor, string name, string format, string version)
    {
        Span<byte> buffer = stackalloc byte[256];
        SetAscii(e, EventField.EventVendor, vendor, buffer);
        SetAscii(e, EventField.EventName, name, buffer);
        SetAscii(e, EventField.EventFormat, format, buffer);
        SetAscii(e, EventField.EventVersion, version, buffer);
    }

    // The parts of an Iglu URI are ASCII.
    private static void SetAscii(EventInProgress e, EventField field, string text, Span<byte> buffer)
    {
        if (text.Length > buffer.Length) e.Fields.SetText(field, text);
        else e.Fields.SetClean(field, buffer[..Encoding.ASCII.GetBytes(text, buffer)]);
    }

    private static void Set(EventInProgress e, ReadOnlySpan<byte> vendor, ReadOnlySpan<byte> name, ReadOnlySpan<byte> format, ReadOnlySpan<byte> version)
    {
        e.Fields.SetClean(EventField.EventName, name);
        e.Fields.SetClean(EventField.EventVendor, vendor);
        e.Fields.SetClean(EventField.EventFormat, format);
        e.Fields.SetClean(EventField.EventVersion, version);
    }
}
