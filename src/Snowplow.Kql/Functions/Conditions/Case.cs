using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Conditions;

/// <summary><c>case</c>: the value behind the first condition that is true; the last argument where none is.</summary>
internal static class Case
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("case", 1, "The value behind the first condition that is true; the last argument where none is.")
        .Bound(arguments => arguments.Count >= 3 && arguments.Count % 2 == 1
            ? Choice.Bind("case", [.. arguments.Where((_, i) => i % 2 == 0 && i < arguments.Count - 1)], [.. arguments.Where((_, i) => i % 2 == 1 || i == arguments.Count - 1)])
            : null);
}
