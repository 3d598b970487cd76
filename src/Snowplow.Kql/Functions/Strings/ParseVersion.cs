using System.Globalization;
using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Strings;

/// <summary><c>parse_version</c>: a version of up to four numbers as a decimal, which orders as versions do.</summary>
internal static class ParseVersion
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("parse_version", 2, "A version of up to four numbers as a decimal, which orders as versions do.")
        .Try(decimal? (string text) => Number(text));

    private static decimal? Number(string text)
    {
        var parts = text.Split('.');
        if (parts.Length > 4) return null;
        var number = 0m;
        for (var i = 0; i < 4; i++)
        {
            var part = 0L;
            if (i < parts.Length && (parts[i].Length > 8 || !long.TryParse(parts[i], NumberStyles.None, CultureInfo.InvariantCulture, out part))) return null;
            number = (number * 100_000_000m) + part;
            if (i == 2 && number > 9_999_999_999_999_999_999m) return null;
        }

        return number;
    }
}
