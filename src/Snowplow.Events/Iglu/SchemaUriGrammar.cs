using System.Buffers;

namespace Snowplow.Events.Iglu;

/// <summary>
/// The grammar that <see cref="SchemaKey"/> and <see cref="SchemaCriterion"/> share:
/// <c>iglu:{vendor}/{name}/{format}/{model}-{revision}-{addition}</c>, where vendor is <c>[A-Za-z0-9-_.]+</c>, name and format
/// are <c>[A-Za-z0-9-_]+</c>, and version numbers have no leading zeros (the model starts at 1).
/// </summary>
internal static class SchemaUriGrammar
{
    /// <summary>What a number reads as when the text has <c>*</c> in its place.</summary>
    public const int AnyNumber = -1;

    private static readonly SearchValues<byte> VendorBytes =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_."u8);

    private static readonly SearchValues<byte> NameBytes =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"u8);

    /// <summary>Splits a URI at its fixed places; false if any part breaks the grammar.</summary>
    /// <param name="uri">UTF-8 text of the URI.</param>
    /// <param name="wildcards">Whether <c>*</c> may stand for a version number (a criterion) or not (a key).</param>
    /// <param name="parts">Where each part lies, and the version numbers.</param>
    public static bool TrySplit(ReadOnlySpan<byte> uri, bool wildcards, out SchemaUriParts parts)
    {
        parts = default;
        if (!uri.StartsWith("iglu:"u8))
            return false;

        var rest = uri["iglu:"u8.Length..];
        return TryTake(ref rest, (byte)'/', VendorBytes, out parts.Vendor)
            && TryTake(ref rest, (byte)'/', NameBytes, out parts.Name)
            && TryTake(ref rest, (byte)'/', NameBytes, out parts.Format)
            && TryTakeNumber(ref rest, isLast: false, wildcards, out parts.Model) && parts.Model != 0
            && TryTakeNumber(ref rest, isLast: false, wildcards, out parts.Revision)
            && TryTakeNumber(ref rest, isLast: true, wildcards, out parts.Addition);
    }

    private static bool TryTake(scoped ref ReadOnlySpan<byte> rest, byte end, SearchValues<byte> allowed, out ReadOnlySpan<byte> part)
    {
        var length = rest.IndexOf(end);
        part = length > 0 ? rest[..length] : default;
        if (length <= 0 || part.ContainsAnyExcept(allowed))
            return false;

        rest = rest[(length + 1)..];
        return true;
    }

    private static bool TryTakeNumber(scoped ref ReadOnlySpan<byte> rest, bool isLast, bool wildcards, out int number)
    {
        var length = isLast ? rest.Length : rest.IndexOf((byte)'-');
        number = 0;
        if (length <= 0)
            return false;

        var digits = rest[..length];
        rest = isLast ? default : rest[(length + 1)..];
        if (wildcards && digits is [(byte)'*'])
        {
            number = AnyNumber;
            return true;
        }

        return (digits[0] != '0' || digits.Length == 1) && TryReadDigits(digits, out number);
    }

    private static bool TryReadDigits(ReadOnlySpan<byte> digits, out int number)
    {
        var value = 0L;
        number = 0;
        foreach (var digit in digits)
        {
            if (digit is < (byte)'0' or > (byte)'9')
                return false;
            value = value * 10 + (digit - '0');
            if (value > int.MaxValue)
                return false;
        }

        number = (int)value;
        return true;
    }
}
