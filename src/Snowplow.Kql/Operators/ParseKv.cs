using Snowplow.Kql.Binding;
using Snowplow.Kql.Binding.Expressions;
using Snowplow.Kql.Data;
using Snowplow.Kql.Functions;
using Snowplow.Kql.Functions.Core;
using Snowplow.Kql.Plan;
using Snowplow.Kql.Syntax;

namespace Snowplow.Kql.Operators;

/// <summary>
/// <c>parse-kv</c>: columns of names and values in a text, between delimiters (greedy: a value goes on to the next name that is asked for), between
/// whatever is no letter or digit, or by a regular expression of two groups.
/// </summary>
internal static class ParseKv
{
    public static PlanNode Bind(ParseKvSyntax syntax, PlanNode input, Binder binder)
    {
        var source = binder.Scalar(syntax.Expression, input);
        if (Conversions.Cost(source, KqlType.String) is null) throw BindFailure.Semantic("SEM0104", $"parse-kv needs a string, not {source.Type.Name()}", syntax.Expression.Span);
        string[] names = [.. syntax.Columns.Select(column => column.Name)];
        var pairsOf = Reader(syntax, names, binder);
        var row = new ColumnSymbol("parse", KqlType.Dynamic);
        var parsed = new CallExpression(
            "parse-kv",
            KqlType.Dynamic,
            Kernels.OfRow(KqlType.Dynamic, arguments =>
            {
                var values = new Dictionary<string, string>(StringComparer.Ordinal);
                foreach (var (name, value) in pairsOf((string)arguments[0]!)) values.TryAdd(name, value);
                return names.Select(name => values.TryGetValue(name, out var value) ? (object?)value : null).ToArray();
            }),
            [Conversions.To(source, KqlType.String)]);
        var extended = new Project(input, [.. input.Schema.Select(column => (column, (BoundExpression)new ColumnExpression(column))), (row, parsed)]);
        return Parse.WithColumns(extended, input, syntax.Columns, row);
    }

    // What reads the pairs of a text in their order.
    private static Func<string, IEnumerable<(string Name, string Value)>> Reader(ParseKvSyntax syntax, string[] names, Binder binder)
    {
        if (Texts(syntax, "regex", binder) is [var pattern])
        {
            var regex = RegexCache.Get(pattern);
            if (regex.GetGroupNumbers().Length != 3) throw BindFailure.Semantic("SEM0104", "The regular expression of parse-kv needs two groups: the name and the value", syntax.Span);
            return text => regex.Matches(text).Select(match => (match.Groups[1].Value.Trim(), match.Groups[2].Value.Trim()));
        }

        var quotes = Texts(syntax, "quote", binder);
        var escapes = Texts(syntax, "escape", binder);
        if (quotes.Exists(quote => quote.Length is not (1 or 2))) throw BindFailure.Semantic("SEM0104", "A quote of parse-kv is one character, or one that opens and one that closes", syntax.Span);
        if (escapes.Exists(escape => escape.Length != 1)) throw BindFailure.Semantic("SEM0104", "An escape of parse-kv is one character", syntax.Span);
        var isGreedy = syntax.Parameters.FirstOrDefault(parameter => parameter.Name == "greedy") is { } greedy && binder.Constant(greedy.Value, KqlType.Bool) is true;
        var tokens = new KeyValueTokens(quotes, string.Concat(escapes));
        return (Texts(syntax, "pair_delimiter", binder), Texts(syntax, "kv_delimiter", binder)) switch
        {
            ([{ Length: > 0 } pair], [{ Length: > 0 } kv]) => text => tokens.Delimited(text, pair, kv, isGreedy ? names : null),
            ([], []) when !isGreedy => tokens.Words,
            _ => throw BindFailure.Semantic("SEM0104", "parse-kv needs both delimiters, which must not be empty, or none and no greedy", syntax.Span),
        };
    }

    private static List<string> Texts(ParseKvSyntax syntax, string name, Binder binder) =>
        [.. syntax.Parameters.Where(parameter => parameter.Name == name).Select(parameter => (string)binder.Constant(parameter.Value, KqlType.String)!)];
}
