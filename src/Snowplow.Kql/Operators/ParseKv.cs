using Snowplow.Kql.Binding;
using Snowplow.Kql.Binding.Expressions;
using Snowplow.Kql.Data;
using Snowplow.Kql.Functions.Core;
using Snowplow.Kql.Plan;
using Snowplow.Kql.Syntax;

namespace Snowplow.Kql.Operators;

/// <summary><c>parse-kv</c>: columns of names and values in a text, between delimiters.</summary>
internal static class ParseKv
{
    public static PlanNode Bind(ParseKvSyntax syntax, PlanNode input, Binder binder)
    {
        var pair = Option(syntax, "pair_delimiter", binder) ?? " ";
        var kv = Option(syntax, "kv_delimiter", binder) ?? "=";
        var quote = Option(syntax, "quote", binder) ?? "";
        var escape = Option(syntax, "escape", binder) ?? "";
        if (syntax.Parameters.FirstOrDefault(parameter => parameter.Name is "greedy" or "regex") is { } other) throw BindFailure.NotSupported($"parse-kv with {other.Name}", other.Span);
        if (pair.Length == 0 || kv.Length == 0) throw BindFailure.Semantic("SEM0104", "The delimiters of parse-kv must not be empty", syntax.Span);
        var source = binder.Scalar(syntax.Expression, input);
        if (Conversions.Cost(source, KqlType.String) is null) throw BindFailure.Semantic("SEM0104", $"parse-kv needs a string, not {source.Type.Name()}", syntax.Expression.Span);
        var names = syntax.Columns.Select(column => column.Name).ToList();
        var row = new ColumnSymbol("parse", KqlType.Dynamic);
        var parsed = new CallExpression(
            "parse-kv",
            KqlType.Dynamic,
            Kernels.OfRow(KqlType.Dynamic, arguments =>
            {
                var pairs = Pairs((string)arguments[0]!, pair, kv, quote, escape);
                return names.Select(name => pairs.TryGetValue(name, out var value) ? (object?)value : null).ToArray();
            }),
            [Conversions.To(source, KqlType.String)]);
        var extended = new Project(input, [.. input.Schema.Select(column => (column, (BoundExpression)new ColumnExpression(column))), (row, parsed)]);
        return Parse.WithColumns(extended, input, syntax.Columns, row);
    }

    private static string? Option(ParseKvSyntax syntax, string name, Binder binder) =>
        syntax.Parameters.FirstOrDefault(parameter => parameter.Name == name) is { } option ? (string?)binder.Constant(option.Value, KqlType.String) : null;

    private static Dictionary<string, string> Pairs(string text, string pair, string kv, string quote, string escape)
    {
        var pairs = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var at = 0; at < text.Length;)
        {
            var name = Token(text, ref at, quote, escape, kv, pair, out var isPair).Trim();
            if (!isPair) continue;
            var value = Token(text, ref at, quote, escape, pair, null, out _);
            if (name.Length > 0) pairs.TryAdd(name, value.Trim());
        }

        return pairs;
    }

    // Reads up to a delimiter outside quotes; true where it was the first one.
    private static string Token(string text, ref int at, string quote, string escape, string first, string? second, out bool isFirst)
    {
        var token = new System.Text.StringBuilder();
        var isQuoted = false;
        isFirst = false;
        while (at < text.Length)
        {
            var rest = text.AsSpan(at);
            if (escape.Length > 0 && rest.StartsWith(escape) && at + escape.Length < text.Length)
            {
                token.Append(text[at + escape.Length]);
                at += escape.Length + 1;
            }
            else if (quote.Length > 0 && rest.StartsWith(quote))
            {
                isQuoted = !isQuoted;
                at += quote.Length;
            }
            else if (!isQuoted && rest.StartsWith(first))
            {
                at += first.Length;
                isFirst = true;
                break;
            }
            else if (!isQuoted && second is not null && rest.StartsWith(second))
            {
                at += second.Length;
                break;
            }
            else
            {
                token.Append(text[at++]);
            }
        }

        return token.ToString();
    }
}
