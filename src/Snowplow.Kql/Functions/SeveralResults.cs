using Snowplow.Kql.Binding;
using Snowplow.Kql.Binding.Expressions;
using Snowplow.Kql.Data;
using Snowplow.Kql.Functions.Core;
using Snowplow.Kql.Syntax;

namespace Snowplow.Kql.Functions;

/// <summary>A function that gives several columns: it yields an array, whose items they are.</summary>
/// <param name="Function">The function's name.</param>
/// <param name="Results">Names and types of the columns; a name goes behind the function's and the argument's.</param>
internal sealed record SeveralResults(string Function, IReadOnlyList<(string Name, KqlType Type)> Results)
{
    private static readonly SeveralResults[] All =
    [
        new(
            "series_stats",
            [
                ("min", KqlType.Real), ("min_idx", KqlType.Long), ("max", KqlType.Real), ("max_idx", KqlType.Long), ("avg", KqlType.Real),
                ("stdev", KqlType.Real), ("variance", KqlType.Real),
            ]),
        new(
            "series_fit_line",
            [
                ("rsquare", KqlType.Real), ("slope", KqlType.Real), ("variance", KqlType.Real), ("rvariance", KqlType.Real), ("interception", KqlType.Real),
                ("line_fit", KqlType.Dynamic),
            ]),
        new(
            "series_fit_2lines",
            [
                ("rsquare", KqlType.Real), ("split_idx", KqlType.Long), ("variance", KqlType.Real), ("rvariance", KqlType.Real), ("line_fit", KqlType.Dynamic),
                .. new[] { "right", "left" }.SelectMany(side => new[] { "rsquare", "slope", "interception", "variance", "rvariance" }.Select(name => ($"{side}_{name}", KqlType.Real))),
            ]),
        new(
            "series_fit_poly",
            [("rsquare", KqlType.Real), ("coefficients", KqlType.Dynamic), ("variance", KqlType.Real), ("rvariance", KqlType.Real), ("poly_fit", KqlType.Dynamic)]),
        new("series_periods_detect", [("periods", KqlType.Dynamic), ("scores", KqlType.Dynamic)]),
        new("series_periods_validate", [("periods", KqlType.Dynamic), ("scores", KqlType.Dynamic)]),
        new("series_decompose", [("baseline", KqlType.Dynamic), ("seasonal", KqlType.Dynamic), ("trend", KqlType.Dynamic), ("residual", KqlType.Dynamic)]),
        new("series_decompose_anomalies", [("ad_flag", KqlType.Dynamic), ("ad_score", KqlType.Dynamic), ("baseline", KqlType.Dynamic)]),
        new("series_fft", [("real", KqlType.Dynamic), ("imag", KqlType.Dynamic)]),
        new("series_ifft", [("real", KqlType.Dynamic), ("imag", KqlType.Dynamic)]),
    ];

    /// <summary>The results of the function that is called; null for all others.</summary>
    public static SeveralResults? Find(ExpressionSyntax syntax) =>
        (syntax is NamedSyntax named ? named.Expression : syntax) is CallSyntax call ? Array.Find(All, several => several.Function == call.Name) : null;

    /// <summary>What is made of each result.</summary>
    public IEnumerable<T> Select<T>(Func<(string Name, KqlType Type), int, T> map) => Results.Select(map);

    /// <summary>The name of a result's column.</summary>
    public string Name(ExpressionSyntax syntax, int place, RowSchema schema) =>
        $"{Function}_{((syntax is NamedSyntax named ? named.Expression : syntax) is CallSyntax { Arguments: [var first, ..] } ? ColumnNames.Of(first, schema) : null)}_{Results[place].Name}";

    /// <summary>A result.</summary>
    public BoundExpression Member(BoundExpression call, int place)
    {
        var type = Results[place].Type;
        return new CallExpression(Function, type, Kernels.OfRow(type, row => DynamicValue.To(type, DynamicValue.Item(row[0], place))), [call]);
    }
}
