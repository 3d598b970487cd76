using System.Globalization;

namespace Snowplow.Enrich.JsonSchema;

/// <summary>
/// A JSON number of any size and precision, compared by its decimal text: ±d₁d₂…dₙ × 10^<see cref="Exponent"/>, where neither
/// d₁ nor dₙ is zero. No conversion to binary takes place, so nothing is rounded and nothing overflows.
/// </summary>
internal readonly ref struct JsonNumber
{
    /// <summary>Exponents saturate here; no text is long enough for its digits to make up for it.</summary>
    private const long MaxExponent = 1_000_000_000_000;

    private readonly ReadOnlySpan<byte> _digits;
    private readonly long _digitCount;

    private JsonNumber(bool isNegative, ReadOnlySpan<byte> digits, long digitCount, long exponent)
    {
        IsNegative = isNegative;
        _digits = digits;
        _digitCount = digitCount;
        Exponent = exponent;
    }

    /// <summary>Whether the number is below zero; -0 is not.</summary>
    public bool IsNegative { get; }

    /// <summary>Whether the number is zero.</summary>
    public bool IsZero => _digitCount == 0;

    /// <summary>Power of ten of the last significant digit.</summary>
    public long Exponent { get; }

    /// <summary>Takes a number token apart.</summary>
    public static JsonNumber Parse(ReadOnlySpan<byte> text)
    {
        var isNegative = text[0] == '-';
        var mantissa = isNegative ? text[1..] : text;
        var exponent = 0L;
        var exponentMark = mantissa.IndexOfAny((byte)'e', (byte)'E');
        if (exponentMark >= 0)
        {
            exponent = ParseExponent(mantissa[(exponentMark + 1)..]);
            mantissa = mantissa[..exponentMark];
        }

        var significant = mantissa.TrimStart("0."u8);
        if (significant.IsEmpty)
            return default;

        var point = mantissa.IndexOf((byte)'.');
        if (point >= 0)
        {
            significant = significant.TrimEnd((byte)'0');
            exponent -= mantissa.TrimEnd((byte)'0').Length - point - 1;
        }

        // Zeros of an integer part belong to the exponent too: 1200 and 12.0 end with the digit 2 and 2.
        var trimmed = significant.TrimEnd("0."u8);
        exponent += significant[trimmed.Length..].Count((byte)'0');
        return new JsonNumber(isNegative, trimmed, trimmed.Length - trimmed.Count((byte)'.'), exponent);
    }

    /// <summary>Below, at or above zero as this is less than, equal to or greater than the other.</summary>
    public int CompareTo(JsonNumber other)
    {
        var sign = Sign.CompareTo(other.Sign);
        if (sign != 0 || IsZero)
            return sign;

        var magnitude = (_digitCount + Exponent).CompareTo(other._digitCount + other.Exponent);
        if (magnitude == 0)
            magnitude = CompareDigits(_digits, other._digits);
        return IsNegative ? -magnitude : magnitude;
    }

    /// <summary>Whether this is a whole multiple of <c>divisor × 10^divisorExponent</c>.</summary>
    /// <param name="divisor">From 1 to 10^18 - 1 and no multiple of 10.</param>
    /// <param name="divisorExponent">Power of ten of the divisor.</param>
    public bool IsMultipleOf(ulong divisor, long divisorExponent)
    {
        if (IsZero)
            return true;

        // The last digit is not zero, so a divisor that ends at a higher power of ten cannot divide it.
        if (Exponent < divisorExponent)
            return false;

        var remainder = 0UL;
        foreach (var digit in _digits)
        {
            if (digit != '.')
                remainder = (remainder * 10 + (ulong)(digit - '0')) % divisor;
        }

        return MultiplyModulo(remainder, PowerOfTenModulo(Exponent - divisorExponent, divisor), divisor) == 0;
    }

    /// <summary>The significant digits as a number; false if there are more than 18.</summary>
    public bool TryGetDigits(out ulong digits)
    {
        digits = 0;
        if (_digitCount > 18)
            return false;

        foreach (var digit in _digits)
        {
            if (digit != '.')
                digits = digits * 10 + (ulong)(digit - '0');
        }

        return true;
    }

    /// <summary>Appends the one text that all spellings of the same number share.</summary>
    public void AppendCanonical(ref ByteBuffer output)
    {
        output.Append(IsNegative ? (byte)'-' : (byte)'+');
        foreach (var digit in _digits)
        {
            if (digit != '.')
                output.Append(digit);
        }

        output.Append((byte)'e');
        output.Append(IsZero ? 0 : Exponent);
    }

    private int Sign => IsZero ? 0 : IsNegative ? -1 : 1;

    private static int CompareDigits(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        while (true)
        {
            left = left is [(byte)'.', ..] ? left[1..] : left;
            right = right is [(byte)'.', ..] ? right[1..] : right;
            if (left.IsEmpty || right.IsEmpty)
                return left.Length.CompareTo(right.Length);
            if (left[0] != right[0])
                return left[0] < right[0] ? -1 : 1;

            left = left[1..];
            right = right[1..];
        }
    }

    private static long ParseExponent(ReadOnlySpan<byte> text)
    {
        var isNegative = text[0] == '-';
        var digits = text.TrimStart("+-0"u8);
        if (!long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var exponent) && !digits.IsEmpty)
            exponent = MaxExponent;
        exponent = Math.Min(exponent, MaxExponent);
        return isNegative ? -exponent : exponent;
    }

    private static ulong PowerOfTenModulo(long exponent, ulong modulus)
    {
        var result = 1 % modulus;
        var square = 10 % modulus;
        for (; exponent > 0; exponent >>= 1)
        {
            if ((exponent & 1) != 0)
                result = MultiplyModulo(result, square, modulus);
            square = MultiplyModulo(square, square, modulus);
        }

        return result;
    }

    private static ulong MultiplyModulo(ulong left, ulong right, ulong modulus) => (ulong)((UInt128)left * right % modulus);
}
