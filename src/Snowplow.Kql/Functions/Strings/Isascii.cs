using System.Text;
using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Strings;

/// <summary><c>isascii</c>: whether the text has characters of ASCII alone.</summary>
internal static class Isascii
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("isascii", 2, "Whether the text has characters of ASCII alone.")
        .On((string text) => Ascii.IsValid(text));
}
