using System.Text;
using Snowplow.Events.BadRows;
using Snowplow.Events.Enriched;

namespace Snowplow.Enrich;

/// <summary>Holds the texts of an enriched event to their fields' limits, in UTF-16 units as Java counts.</summary>
internal static class FieldLimits
{
    private static readonly EventField[] Limited =
        [.. Enumerable.Range(0, EventFields.Count).Select(i => (EventField)i).Where(field => EventFields.MaxLength(field) > 0)];

    /// <summary>The fields that are too long; null where none is. With <see cref="OverlongText.Truncate"/> they are cut instead.</summary>
    public static ValidationMessage? Check(EnrichedEventBuilder fields, OverlongText overlong)
    {
        List<DataReport>? reports = null;
        foreach (var field in Limited)
        {
            var text = fields[field];
            var limit = EventFields.MaxLength(field);
            if (text.Length <= limit || Encoding.UTF8.GetCharCount(text) <= limit) continue;
            if (overlong == OverlongText.Truncate)
            {
                fields.SetClean(field, Cut(text, limit));
                continue;
            }

            reports ??= [];
            reports.Add(new DataReport(
                $"Field is longer than maximum allowed size {limit}", EventFields.Name(field), "atomic_field_length_exceeded", []));
        }

        return reports is null ? null : EventInProgress.AtomicViolation(reports);
    }

    // Whole characters only.
    private static ReadOnlySpan<byte> Cut(ReadOnlySpan<byte> text, int limit)
    {
        int units = 0, bytes = 0;
        while (bytes < text.Length)
        {
            Rune.DecodeFromUtf8(text[bytes..], out var rune, out var length);
            units += rune.Utf16SequenceLength;
            if (units > limit) break;
            bytes += length;
        }

        return text[..bytes];
    }
}
