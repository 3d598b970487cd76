using System.Text;
using Snowplow.Kql.Data;
using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Strings;

/// <summary><c>unicode_codepoints_to_string</c>: the text of code points.</summary>
internal static class UnicodeCodepointsToString
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("unicode_codepoints_to_string", 2, "The text of code points; empty where one is none.")
        .Alias("make_string")
        .Row(KqlType.String, [null], row => Text(row.SelectMany(value => value as object?[] ?? [value])), isVariadic: true);

    private static string Text(IEnumerable<object?> points)
    {
        var text = new StringBuilder();
        foreach (var value in points)
        {
            if (DynamicValue.Long(value) is not (>= 0 and <= 0x10FFFF and var point) || !Rune.IsValid((int)point)) return "";
            text.Append(new Rune((int)point));
        }

        return text.ToString();
    }
}
