using System.Buffers.Text;

namespace Snowplow.Enrich.JsonSchema;

/// <summary><c>minimum</c>, <c>maximum</c> and <c>multipleOf</c>, exact for numbers of any size.</summary>
internal sealed class NumberRules
{
    public NumberLimit? Minimum { get; init; }

    public NumberLimit? Maximum { get; init; }

    public NumberDivisor? MultipleOf { get; init; }

    public bool Check(ReadOnlySpan<byte> text, bool isInteger, ref SchemaRun run)
    {
        // Nearly all numbers and limits are integers of less than 19 digits.
        var isValid = isInteger && text.Length <= 18 && Utf8Parser.TryParse(text, out long value, out _)
            ? IsWithin(value, text, ref run)
            : IsWithin(text, ref run);
        return isValid && (MultipleOf is null || MultipleOf.Check(text, ref run));
    }

    private bool IsWithin(long value, ReadOnlySpan<byte> text, ref SchemaRun run) =>
        (Minimum is null || Minimum.Check(Minimum.Compare(value, text), ref run))
        && (Maximum is null || Maximum.Check(-Maximum.Compare(value, text), ref run));

    private bool IsWithin(ReadOnlySpan<byte> text, ref SchemaRun run) =>
        (Minimum is null || Minimum.Check(Minimum.Compare(text), ref run))
        && (Maximum is null || Maximum.Check(-Maximum.Compare(text), ref run));
}
