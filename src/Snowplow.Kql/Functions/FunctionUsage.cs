using Snowplow.Kql.Data;
using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions;

/// <summary>How functions are called, for errors and the documentation.</summary>
internal static class FunctionUsage
{
    /// <summary>All forms: <c>strlen(string)</c>.</summary>
    public static string Of(ScalarFunction function) => function.Overloads.Count == 0
        ? $"see {function.Name}()"
        : string.Join(", ", function.Overloads.Select(overload => Form(function.Name, overload)).Distinct());

    private static string Form(string name, Overload overload) =>
        $"{name}({string.Join(", ", overload.Parameters.Select(type => type?.Name() ?? "any"))}{(overload.IsVariadic ? ", …" : "")})";
}
