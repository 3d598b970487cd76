using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Strings;

/// <summary><c>parse_csv</c>: the fields of a line of CSV.</summary>
internal static class ParseCsv
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("parse_csv", 2, "The fields of a line of CSV.")
        .NamedBy(NameRule.FirstArgument)
        .On((string text) => (object)CsvLine.Fields(text));
}
