using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Snowplow.Enrich.JsonSchema;

/// <summary><c>multipleOf</c>.</summary>
internal sealed class NumberDivisor
{
    private readonly string _text;
    private readonly ulong _digits;
    private readonly long _exponent;

    private NumberDivisor(string text, ulong digits, long exponent) => (_text, _digits, _exponent) = (text, digits, exponent);

    /// <summary>Compiles a divisor, which must be above zero; false if it has more than 18 significant digits.</summary>
    public static bool TryCreate(string text, [NotNullWhen(true)] out NumberDivisor? divisor)
    {
        var number = JsonNumber.Parse(Encoding.ASCII.GetBytes(text));
        divisor = number.TryGetDigits(out var digits) ? new NumberDivisor(text, digits, number.Exponent) : null;
        return divisor is not null;
    }

    public bool Check(ReadOnlySpan<byte> number, ref SchemaRun run) =>
        JsonNumber.Parse(number).IsMultipleOf(_digits, _exponent)
        || run.Violates("multipleOf", $"is no multiple of {_text}", _text);
}
