using System.Text;
using Snowplow.Kql.Data;
using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Strings;

/// <summary><c>unicode_codepoints_to_string</c>: the text of code points.</summary>
internal static class UnicodeCodepointsToString
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("unicode_codepoints_to_string", 2, "The text of code points.")
        .Row(KqlType.String, [null], row => string.Concat(row.SelectMany(value => value as object?[] ?? [value]).Select(value => DynamicValue.Long(value) is { } point and >= 0 and <= 0x10FFFF && Rune.IsValid((int)point) ? new Rune((int)point).ToString() : "")), isVariadic: true);
}
