using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Snowplow.Events.Enriched;
using Snowplow.Model.Rules.Fields;
using Snowplow.Model.Sets;

namespace Snowplow.Model.Profiles;

/// <summary>A value that a profile keeps: text (of objects and arrays their JSON; of times ISO 8601), a number, or yes or no.</summary>
/// <param name="Kind">What it is; never missing.</param>
/// <param name="Text">Its text, at most <see cref="MaxLength"/> UTF-16 units.</param>
[JsonConverter(typeof(Converter))]
internal readonly record struct ProfileValue(ValueKind Kind, string Text) : IComparable<ProfileValue>
{
    /// <summary>The greatest length of a text; the rest is cut off.</summary>
    public const int MaxLength = 255;

    /// <summary>Takes a value that is not missing.</summary>
    public static ProfileValue Of(FieldValue value, FieldType type) => new(KindOf(value, type), TextOf(value, type));

    /// <summary>Whether this is what <see cref="Of"/> makes of a value; makes no string where texts are ASCII.</summary>
    public bool Is(FieldValue value, FieldType type) =>
        Kind == KindOf(value, type) && (type == FieldType.Timestamp || value.Utf8.Length >= MaxLength ? Text == TextOf(value, type) : Utf8Text.Equals(value.Utf8, Text));

    public int CompareTo(ProfileValue other)
    {
        var byText = string.CompareOrdinal(Text, other.Text);
        return byText != 0 ? byText : Kind.CompareTo(other.Kind);
    }

    public void WriteTo(Utf8JsonWriter json)
    {
        if (Kind is ValueKind.True or ValueKind.False) json.WriteBooleanValue(Kind == ValueKind.True);
        else if (Kind != ValueKind.Number) json.WriteStringValue(Text);
        else if (decimal.TryParse(Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)) json.WriteNumberValue(number);
        else if (double.TryParse(Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var real) && double.IsFinite(real)) json.WriteNumberValue(real);
        else json.WriteStringValue(Text);
    }

    private static ValueKind KindOf(FieldValue value, FieldType type) => value.Kind switch
    {
        ValueKind.Text when type is FieldType.Int or FieldType.Decimal or FieldType.Float => ValueKind.Number,
        ValueKind.Json => ValueKind.Text,
        _ => value.Kind,
    };

    private static string TextOf(FieldValue value, FieldType type) =>
        type == FieldType.Timestamp && EventTime.TryParse(value.Utf8, out var time)
            ? UtcTimeConverter.ToText(time.ToUnixTimeMilliseconds())
            : Utf8Text.Cut(CommonTexts.Of(value.Utf8), MaxLength);

    // The kind's digit and the text.
    internal sealed class Converter : JsonConverter<ProfileValue>
    {
        public override ProfileValue Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            var text = reader.GetString();
            return text is { Length: > 0 } && text[0] - '0' is > 0 and <= (int)ValueKind.Json
                ? new ProfileValue((ValueKind)(text[0] - '0'), CommonTexts.Of(text[1..]))
                : throw new JsonException("A profile's value begins with the digit of its kind.");
        }

        public override void Write(Utf8JsonWriter writer, ProfileValue value, JsonSerializerOptions options) =>
            writer.WriteStringValue($"{(char)('0' + (int)value.Kind)}{value.Text}");
    }
}
