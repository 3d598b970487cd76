using System.Globalization;

namespace Snowplow.Enrich.JsonSchema;

/// <summary><c>minLength</c>, <c>maxLength</c> (in code points), <c>pattern</c> and <c>format</c>.</summary>
internal sealed class StringRules
{
    public int MinLength { get; init; }

    public int MaxLength { get; init; } = int.MaxValue;

    public EcmaPattern? Pattern { get; init; }

    public StringFormat? Format { get; init; }

    public bool Check(ref SchemaRun run)
    {
        if (!run.Cursor.ReadString(out var raw, out var escaped))
            return false;

        var isValid = CheckLength(raw, escaped, ref run);
        if (Pattern is not null && (isValid || !run.Stops))
            isValid &= CheckPattern(Pattern, raw, escaped, ref run);
        if (Format is not null && (isValid || !run.Stops))
            isValid &= CheckFormat(Format, raw, escaped, ref run);
        return isValid;
    }

    private bool CheckLength(ReadOnlySpan<byte> raw, bool escaped, ref SchemaRun run)
    {
        // A text never has more code points than bytes, so most lengths need no counting.
        if (MinLength == 0 && raw.Length <= MaxLength)
            return true;

        var length = JsonText.CountCodePoints(raw, escaped);
        if (length < MinLength)
            return run.Violates("minLength", $"must be at least {Text(MinLength)} characters long", Text(MinLength));
        return length <= MaxLength || run.Violates("maxLength", $"may only be {Text(MaxLength)} characters long", Text(MaxLength));
    }

    private static bool CheckPattern(EcmaPattern pattern, ReadOnlySpan<byte> raw, bool escaped, ref SchemaRun run)
    {
        switch (pattern.Match(raw, escaped))
        {
            case PatternOutcome.Matched:
                return true;
            case PatternOutcome.TimedOut:
                run.Abandon($"the pattern {pattern} takes too long to match");
                return false;
            default:
                return run.Violates("pattern", $"does not match the pattern {pattern}", pattern.ToString());
        }
    }

    private static bool CheckFormat(StringFormat format, ReadOnlySpan<byte> raw, bool escaped, ref SchemaRun run)
    {
        bool isValid;
        if (escaped)
        {
            using var text = new ByteBuffer(raw.Length);
            var length = JsonText.Unescape(raw, text.Reserve(raw.Length));
            isValid = format.IsMatch(text.Array.AsSpan(0, length));
        }
        else
        {
            isValid = format.IsMatch(raw);
        }

        return isValid || run.Violates("format", $"is no valid {format.Name}", format.Name);
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
