namespace Snowplow.Enrich.Parameters;

/// <summary>
/// Reads and writes decimals as <c>java.math.BigDecimal</c> does, whose text the enriched TSV holds: any number of digits,
/// trailing zeros kept, scientific notation below 1E-6. A number written with a positive exponent becomes a plain integer
/// (<c>1.5E3</c> → <c>1500</c>).
/// </summary>
internal static class DecimalText
{
    /// <summary>The most bytes a result has; longer numbers are refused, for no price or value has so many digits.</summary>
    public const int MaxLength = 256;

    /// <summary>Converts a number's text; false where it is no number or too long.</summary>
    /// <param name="text">The text as the tracker sent it.</param>
    /// <param name="destination"><see cref="MaxLength"/> bytes.</param>
    /// <param name="written">The length of the result.</param>
    public static bool TryNormalise(ReadOnlySpan<byte> text, Span<byte> destination, out int written)
    {
        written = 0;
        var isNegative = text is [(byte)'-', ..];
        if (text is [(byte)'-' or (byte)'+', ..]) text = text[1..];
        var exponent = 0;
        var e = text.IndexOfAny((byte)'e', (byte)'E');
        if (e >= 0)
        {
            if (!TryExponent(text[(e + 1)..], out exponent)) return false;
            text = text[..e];
        }

        var point = text.IndexOf((byte)'.');
        var whole = point < 0 ? text : text[..point];
        var fraction = point < 0 ? default : text[(point + 1)..];
        if (whole.Length + fraction.Length is 0 or > MaxLength / 2 || !AreDigits(whole) || !AreDigits(fraction)) return false;

        Span<byte> digits = stackalloc byte[MaxLength];
        whole.CopyTo(digits);
        fraction.CopyTo(digits[whole.Length..]);
        var count = whole.Length + fraction.Length;
        var zeros = digits[..count].IndexOfAnyExcept((byte)'0');
        var isZero = zeros < 0;
        zeros = isZero ? count - 1 : zeros;
        return TryWrite(isNegative && !isZero, digits[zeros..], count - zeros, fraction.Length - exponent, isZero, destination, out written);
    }

    private static bool TryWrite(bool isNegative, Span<byte> digits, int count, int scale, bool isZero, Span<byte> destination, out int written)
    {
        written = 0;
        if (scale < 0 && !isZero)
        {
            if (count - scale > MaxLength / 2) return false;
            digits.Slice(count, -scale).Fill((byte)'0');
            count -= scale;
        }

        scale = Math.Max(scale, 0);
        if (isNegative) destination[written++] = (byte)'-';
        var adjusted = count - 1 - scale;
        if (adjusted < -6) return TryWriteScientific(digits[..count], adjusted, destination, ref written);

        var leadingZeros = Math.Max(scale - count + 1, 0);
        destination.Slice(written, leadingZeros).Fill((byte)'0');
        digits[..count].CopyTo(destination[(written + leadingZeros)..]);
        count += leadingZeros;
        if (scale > 0)
        {
            destination.Slice(written + count - scale, scale).CopyTo(destination[(written + count - scale + 1)..]);
            destination[written + count - scale] = (byte)'.';
            count++;
        }

        written += count;
        return true;
    }

    private static bool TryWriteScientific(ReadOnlySpan<byte> digits, int adjusted, Span<byte> destination, ref int written)
    {
        destination[written++] = digits[0];
        if (digits.Length > 1)
        {
            destination[written++] = (byte)'.';
            digits[1..].CopyTo(destination[written..]);
            written += digits.Length - 1;
        }

        destination[written++] = (byte)'E';
        adjusted.TryFormat(destination[written..], out var length);
        written += length;
        return true;
    }

    private static bool TryExponent(ReadOnlySpan<byte> text, out int exponent)
    {
        exponent = 0;
        var isNegative = text is [(byte)'-', ..];
        if (text is [(byte)'-' or (byte)'+', ..]) text = text[1..];
        if (text.Length is 0 or > 9 || !AreDigits(text)) return false;
        foreach (var digit in text) exponent = exponent * 10 + (digit - '0');
        exponent = isNegative ? -exponent : exponent;
        return true;
    }

    private static bool AreDigits(ReadOnlySpan<byte> text) => !text.ContainsAnyExceptInRange((byte)'0', (byte)'9');
}
