using System.Globalization;

namespace Snowplow.Model.Rules.Fields;

/// <summary>
/// What a field path found in an event. Views into the line, or into a buffer of the thread that the next reading writes over:
/// look at one value before the next is read.
/// </summary>
internal readonly ref struct FieldValue
{
    public FieldValue(ValueKind kind, ReadOnlySpan<byte> utf8)
    {
        Kind = kind;
        Utf8 = utf8;
    }

    public ValueKind Kind { get; }

    /// <summary>The value's text, whatever its kind.</summary>
    public ReadOnlySpan<byte> Utf8 { get; }

    public bool IsMissing => Kind == ValueKind.Missing;

    /// <summary>Text of a column or of a channel's field, of which empty is null.</summary>
    public static FieldValue OfText(ReadOnlySpan<byte> utf8) => utf8.IsEmpty ? default : new FieldValue(ValueKind.Text, utf8);

    /// <summary>The value as a finite number; text counts where all of it is one, since columns and many trackers write numbers as text.</summary>
    public bool TryNumber(out double number) =>
        double.TryParse(Utf8, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out number)
        && double.IsFinite(number);
}
