using Snowplow.Kql.Data;
using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Strings;

/// <summary><c>strrep</c>: the text several times, with a separator between.</summary>
internal static class Strrep
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("strrep", 2, "The text several times, with a separator between.")
        .Row(KqlType.String, [null, KqlType.Long], row => Repeat(row, ""))
        .Row(KqlType.String, [null, KqlType.Long, KqlType.String], row => Repeat(row, (string)row[2]!));

    private static string Repeat(object?[] row, string separator) => string.Join(separator, Enumerable.Repeat(DynamicValue.Text(row[0]), (int)Math.Clamp((long?)row[1] ?? 0, 0, 1024)));
}
