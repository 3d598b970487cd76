using System.Text;
using Snowplow.Events.BadRows;
using Snowplow.Events.Enriched;

namespace Snowplow.Enrich;

/// <summary>Holds the texts of an enriched event to their fields' limits, in UTF-16 units as Java counts.</summary>
internal sealed class FieldLimits
{
    // An event without these could not be told from others.
    private static readonly EventField[] Indispensable = [EventField.EventId, EventField.VCollector, EventField.VEtl];

    private readonly (EventField Field, int Limit)[] _limits;
    private readonly OverlongText _overlong;

    /// <summary>Takes the canonical limits and what the options put in their place.</summary>
    public FieldLimits(EnrichOptions options)
    {
        _overlong = options.OverlongText;
        _limits =
        [
            .. EventFieldLimits().Select(limit =>
                (limit.Field, options.AtomicFieldLimits.TryGetValue(EventFields.Name(limit.Field), out var own) ? own : limit.Limit)),
        ];
    }

    /// <summary>What is wrong with limits of one's own, a sentence each.</summary>
    public static IEnumerable<string> Validate(IReadOnlyDictionary<string, int> limits)
    {
        foreach (var (name, limit) in limits)
        {
            if (!EventFields.TryParse(name, out var field))
                yield return $"Enrich:AtomicFieldLimits:{name}: there is no field of this name; write it as a column of the enriched event, such as page_url.";
            else if (EventFields.MaxLength(field) == 0)
                yield return $"Enrich:AtomicFieldLimits:{name}: this field is no text, so its length has no limit.";
            if (limit < 1)
                yield return $"Enrich:AtomicFieldLimits:{name} must be at least 1, but is {limit}.";
        }
    }

    /// <summary>The fields that are too long; null where none is. With <see cref="OverlongText.Truncate"/> they are cut instead.</summary>
    public ValidationMessage? Check(EnrichedEventBuilder fields)
    {
        List<DataReport>? reports = null;
        foreach (var (field, limit) in _limits)
        {
            if (!IsOver(fields[field], limit)) continue;
            if (_overlong == OverlongText.Truncate)
            {
                fields.SetClean(field, Cut(fields[field], limit));
                continue;
            }

            reports ??= [];
            reports.Add(new DataReport(
                $"Field is longer than maximum allowed size {limit}", EventFields.Name(field), "atomic_field_length_exceeded", []));
        }

        if (reports is null) return null;
        return EventInProgress.AtomicViolation(reports, reports.Select(report =>
            KeyValuePair.Create(report.Path!, EventFields.TryParse(report.Path!, out var field) ? fields.GetText(field) : null)));
    }

    /// <summary>Empties the fields that <see cref="Check"/> would refuse, save those that an event needs to be told from others.</summary>
    public void Unset(EnrichedEventBuilder fields)
    {
        if (_overlong == OverlongText.Accept) return;
        foreach (var (field, limit) in _limits)
            if (IsOver(fields[field], limit) && !Indispensable.Contains(field)) fields.Unset(field);
    }

    private static IEnumerable<(EventField Field, int Limit)> EventFieldLimits() =>
        Enumerable.Range(0, EventFields.Count).Select(i => ((EventField)i, EventFields.MaxLength((EventField)i))).Where(limit => limit.Item2 > 0);

    private static bool IsOver(ReadOnlySpan<byte> text, int limit) => text.Length > limit && Encoding.UTF8.GetCharCount(text) > limit;

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
