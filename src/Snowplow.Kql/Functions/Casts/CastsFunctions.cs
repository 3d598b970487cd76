using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Casts;

/// <summary>The functions of this folder.</summary>
internal static class CastsFunctions
{
    public static readonly ScalarFunction[] All =
    [
        Tobool.Function, Toint.Function, Tolong.Function, Toreal.Function, Todecimal.Function, Tostring.Function,
        Todatetime.Function, Totimespan.Function, Toguid.Function, ParseJson.Function, Gettype.Function,
    ];
}
