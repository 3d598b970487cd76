using System.Text;
using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Strings;

/// <summary><c>string_size</c>: number of bytes in UTF-8.</summary>
internal static class StringSize
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("string_size", 2, "Number of bytes in UTF-8.")
        .NamedBy(NameRule.NameAndFirstArgument)
        .On((string text) => (long)Encoding.UTF8.GetByteCount(text));
}
