using System.Buffers.Text;
using Snowplow.Enrich.Payloads;
using Snowplow.Events.Enriched;

namespace Snowplow.Enrich.Parameters;

/// <summary>
/// Fills an event's fields from its tracker parameters, by the table of <see cref="TrackerParameters"/>. An empty value is no
/// value: it neither fails nor clears what the request gave. Not thread-safe.
/// </summary>
internal sealed class ParameterMapper
{
    private const int Absent = -1;

    // For each parameter of the table, where the event has it; the last one counts.
    private readonly int[] _found = new int[TrackerParameters.All.Length];

    /// <summary>Maps all parameters of an event.</summary>
    public void Map(EventInProgress e)
    {
        Array.Fill(_found, Absent);
        for (var i = 0; i < e.Raw.ParameterCount; i++) Note(e.RawEvents, e.Raw.FirstParameter + i);
        for (var i = 0; i < e.RawEvents.QueryCount; i++) Note(e.RawEvents, i);

        for (var i = 0; i < _found.Length; i++)
        {
            if (_found[i] == Absent) continue;
            var raw = e.RawEvents.Parameter(_found[i]);
            if (raw.ValueLength > 0) Apply(e, TrackerParameters.All[i], raw);
        }
    }

    private void Note(RawEvents events, int at)
    {
        var index = events.Parameter(at).Index;
        if (index != TrackerParameters.Unknown) _found[index] = at;
    }

    private static void Apply(EventInProgress e, TrackerParameter parameter, RawParameter raw)
    {
        var value = e.RawEvents.Value(raw);
        var error = parameter.Rule switch
        {
            ParameterRule.Text => SetText(e, parameter.Field, value),
            ParameterRule.EventType => SetEventType(e, value),
            ParameterRule.Uuid => SetUuid(e, parameter.Field, value),
            ParameterRule.Platform => SetPlatform(e, value),
            ParameterRule.IpAddress => SetText(e, parameter.Field, IpAddressText.Trim(value)),
            ParameterRule.Timestamp => SetTimestamp(e, parameter.Field, value),
            ParameterRule.Integer => SetInteger(e, parameter.Field, value),
            ParameterRule.Decimal => SetDecimal(e, parameter.Field, value),
            ParameterRule.Flag => SetFlag(e, parameter.Field, value),
            ParameterRule.Dimensions => SetDimensions(e, parameter.Field, value),
            ParameterRule.Json => KeepJson(e, parameter.Field, new RawJson(raw, IsBase64: false)),
            ParameterRule.Base64Json => KeepJson(e, parameter.Field, new RawJson(raw, IsBase64: true)),
            _ => null,
        };
        if (error is not null) e.RefuseParameter(parameter.Name, error);
    }

    private static string? SetText(EventInProgress e, EventField field, ReadOnlySpan<byte> value)
    {
        e.Fields.SetText(field, value);
        return null;
    }

    private static string? SetEventType(EventInProgress e, ReadOnlySpan<byte> value)
    {
        var type = KnownNames.EventType(value);
        if (type.IsEmpty) return "Not a valid event type";
        e.Fields.SetClean(EventField.Event, type);
        return null;
    }

    private static string? SetUuid(EventInProgress e, EventField field, ReadOnlySpan<byte> value)
    {
        if (value.Length != 36 || !Utf8Parser.TryParse(value, out Guid id, out var consumed, 'D') || consumed != 36) return "Not a valid UUID";
        Span<byte> canonical = stackalloc byte[36];
        id.TryFormat(canonical, out _);
        e.Fields.SetClean(field, canonical);
        return null;
    }

    private static string? SetPlatform(EventInProgress e, ReadOnlySpan<byte> value)
    {
        if (!KnownNames.IsPlatform(value)) return "Not recognized as a tracking platform";
        e.Fields.SetClean(EventField.Platform, value);
        return null;
    }

    private static string? SetTimestamp(EventInProgress e, EventField field, ReadOnlySpan<byte> value)
    {
        if (!long.TryParse(value, System.Globalization.NumberStyles.AllowLeadingSign, System.Globalization.CultureInfo.InvariantCulture, out var ms))
            return "Not in the expected format: ms since epoch";
        if (!EventTime.IsInRange(ms)) return "Formatting as yyyy-MM-dd HH:mm:ss.SSS is not Redshift-compatible: the year must be 1 to 9999";
        e.Fields.SetTimestamp(field, DateTimeOffset.FromUnixTimeMilliseconds(ms));
        switch (field)
        {
            case EventField.DvceCreatedTstamp: e.CreatedMs = ms; break;
            case EventField.DvceSentTstamp: e.SentMs = ms; break;
            case EventField.TrueTstamp: e.TrueMs = ms; break;
        }

        return null;
    }

    private static string? SetInteger(EventInProgress e, EventField field, ReadOnlySpan<byte> value)
    {
        if (IsNull(value)) return null;
        if (!Utf8Parser.TryParse(value, out int number, out var consumed) || consumed != value.Length) return "Not a 32-bit integer";
        e.Fields.SetInt(field, number);
        return null;
    }

    private static string? SetDecimal(EventInProgress e, EventField field, ReadOnlySpan<byte> value)
    {
        if (IsNull(value)) return null;
        Span<byte> text = stackalloc byte[DecimalText.MaxLength];
        if (!DecimalText.TryNormalise(value, text, out var length)) return "Not a decimal number, or too long";
        e.Fields.SetClean(field, text[..length]);
        return null;
    }

    private static string? SetFlag(EventInProgress e, EventField field, ReadOnlySpan<byte> value)
    {
        if (value is not [(byte)'0' or (byte)'1']) return "Not 0 or 1";
        e.Fields.SetClean(field, value);
        return null;
    }

    private static string? SetDimensions(EventInProgress e, EventField widthField, ReadOnlySpan<byte> value)
    {
        var x = value.IndexOf((byte)'x');
        if (x < 0 || !TryDigits(value[..x], out var width) || !TryDigits(value[(x + 1)..], out var height))
            return "Not dimensions: {width}x{height}, each a 32-bit integer";
        e.Fields.SetInt(widthField, width);
        e.Fields.SetInt(widthField + 1, height);
        return null;
    }

    private static string? KeepJson(EventInProgress e, EventField field, RawJson json)
    {
        if (field == EventField.Contexts) e.Contexts = json;
        else e.UnstructEvent = json;
        return null;
    }

    private static bool TryDigits(ReadOnlySpan<byte> value, out int number)
    {
        number = 0;
        return !value.IsEmpty && char.IsAsciiDigit((char)value[0])
            && Utf8Parser.TryParse(value, out number, out var consumed) && consumed == value.Length;
    }

    private static bool IsNull(ReadOnlySpan<byte> value) => value.Length == 4 && System.Text.Ascii.EqualsIgnoreCase(value, "null"u8);
}
