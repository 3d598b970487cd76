using System.Text;
using System.Text.RegularExpressions;
using Snowplow.Kql.Binding;
using Snowplow.Kql.Binding.Expressions;
using Snowplow.Kql.Data;
using Snowplow.Kql.Functions;
using Snowplow.Kql.Functions.Core;
using Snowplow.Kql.Plan;
using Snowplow.Kql.Syntax;

namespace Snowplow.Kql.Operators;

/// <summary>
/// <c>parse</c>: columns cut out of a text by what stands around them. Simple: all or nothing, a column that does not convert too; relaxed: what
/// converts; regex: the texts are regular expressions. <c>parse-where</c> drops rows that do not match.
/// </summary>
internal static class Parse
{
    public static PlanNode Bind(ParseSyntax syntax, PlanNode input, Binder binder)
    {
        var kind = JoinBinding.Kind(syntax.Parameters) ?? "simple";
        if (kind is not ("simple" or "relaxed" or "regex")) throw BindFailure.Semantic("SEM0104", $"'{kind}' is no kind of parse: expected simple, relaxed or regex", syntax.Span);
        var source = binder.Scalar(syntax.Expression, input);
        if (Conversions.Cost(source, KqlType.String) is null) throw BindFailure.Semantic("SEM0104", $"parse needs a string, not {source.Type.Name()}", syntax.Expression.Span);
        var columns = syntax.Parts.Select(part => part.Column).OfType<ColumnDeclaration>().ToList();
        var flags = syntax.Parameters.FirstOrDefault(parameter => parameter.Name == "flags")?.Value is NameSyntax name ? name.Name : "";
        var regex = RegexCache.Get(Pattern(syntax.Parts, kind, flags), Options(flags, kind), maxGroups: int.MaxValue);
        var isAllOrNothing = kind == "simple" || syntax.IsWhere && kind != "relaxed";
        // One array of values for a row, null without a match; each column is an item of it.
        var row = new ColumnSymbol("parse", KqlType.Dynamic);
        var parsed = new CallExpression(
            "parse",
            KqlType.Dynamic,
            Kernels.OfRow(KqlType.Dynamic, arguments => Match(regex, (string)arguments[0]!, columns, isAllOrNothing)),
            [Conversions.To(source, KqlType.String)]);
        var extended = new Project(input, [.. input.Schema.Select(column => (column, (BoundExpression)new ColumnExpression(column))), (row, parsed)]);
        PlanNode matched = syntax.IsWhere ? extended.Filter(IsMatch(row)) : extended;
        return WithColumns(matched, input, columns, row);
    }

    /// <summary>The input with columns that are items of an array.</summary>
    public static PlanNode WithColumns(PlanNode plan, PlanNode input, IReadOnlyList<ColumnDeclaration> columns, ColumnSymbol row)
    {
        var output = input.Schema.Select(column => (Column: column, Expression: (BoundExpression)new ColumnExpression(column))).ToList();
        for (var i = 0; i < columns.Count; i++)
        {
            var type = columns[i].Type;
            var place = i;
            var item = new CallExpression("parse", type, Kernels.OfRow(type, values => DynamicValue.To(type, DynamicValue.Item(values[0], place))), [new ColumnExpression(row)]);
            var symbol = new ColumnSymbol(columns[i].Name, type);
            var old = output.FindIndex(other => other.Column.Name == symbol.Name);
            if (old >= 0) output[old] = (symbol, item);
            else output.Add((symbol, item));
        }

        return new Project(plan, output);
    }

    private static CallExpression IsMatch(ColumnSymbol row) =>
        new("parse", KqlType.Bool, Kernels.OfRow(KqlType.Bool, values => values[0] is not null), [new ColumnExpression(row)]);

    private static RegexOptions Options(string flags, string kind) =>
        (flags.Contains('i', StringComparison.Ordinal) ? RegexOptions.IgnoreCase : 0)
        | (flags.Contains('m', StringComparison.Ordinal) ? RegexOptions.Multiline : 0)
        | (flags.Contains('s', StringComparison.Ordinal) || kind != "regex" ? RegexOptions.Singleline : 0);

    private static string Pattern(IReadOnlyList<ParsePart> parts, string kind, string flags)
    {
        var isRegex = kind == "regex";
        var any = isRegex && !flags.Contains('U', StringComparison.Ordinal) ? ".*" : ".*?";
        var pattern = new StringBuilder(isRegex ? "" : @"\A");
        var columns = 0;
        for (var i = 0; i < parts.Count; i++)
        {
            var isLast = i == parts.Count - 1;
            if (parts[i].Text is { } text) pattern.Append(isRegex ? $"(?:{text})" : Regex.Escape(text));
            else if (parts[i].Column is not { } column) pattern.Append(any);
            else pattern.Append(column.Type switch
            {
                // Relaxed, a column between two texts takes what stands there, and is null where that does not convert.
                _ when kind == "relaxed" && (isLast || parts[i + 1].Text is not null) => $"(?<{Group(columns)}>{(isLast ? ".*" : any)})",
                KqlType.Long or KqlType.Int => $@"\s*(?<{Group(columns)}>[+-]?\d+)",
                KqlType.Real or KqlType.Decimal => $@"\s*(?<{Group(columns)}>[+-]?\d+(?:\.\d*)?(?:[eE][+-]?\d+)?)",
                _ => $"(?<{Group(columns)}>{(isLast ? ".*" : any)})",
            });
            if (parts[i].Column is not null) columns++;
        }

        // What a text ends with need not be the end; a last column takes all that is left.
        return pattern.Append(!isRegex && parts[^1] is { Text: null } ? @"\z" : "").ToString();
    }

    // Texts that are regular expressions may have groups of their own.
    private static string Group(int column) => $"kql{column}";

    private static object?[]? Match(Regex regex, string text, List<ColumnDeclaration> columns, bool isAllOrNothing)
    {
        var match = regex.Match(text);
        if (!match.Success) return null;
        var values = new object?[columns.Count];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = DynamicValue.To(columns[i].Type, match.Groups[Group(i)].Value);
            if (values[i] is null && isAllOrNothing) return null;
        }

        return values;
    }
}
