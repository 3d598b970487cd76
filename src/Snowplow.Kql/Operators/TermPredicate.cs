using System.Text.RegularExpressions;
using Snowplow.Kql.Binding;
using Snowplow.Kql.Binding.Expressions;
using Snowplow.Kql.Data;
using Snowplow.Kql.Functions.Operators;
using Snowplow.Kql.Plan;
using Snowplow.Kql.Syntax;

namespace Snowplow.Kql.Operators;

/// <summary>
/// Conditions of search and find: <c>"term"</c> and <c>* has "term"</c> look into all columns that hold texts, <c>column:"term"</c> into one; all else is
/// as in where. A star at an end of a term lets the word go on there, one within it stands for any text.
/// </summary>
internal sealed class TermPredicate(PlanNode table, Binder binder, bool isCaseSensitive)
{
    private static readonly string[] WithCase = ["has", "hasprefix", "hassuffix", "contains", "startswith", "endswith"];

    /// <summary>Whether the condition looks into all columns.</summary>
    public static bool HasTerm(ExpressionSyntax syntax) => syntax switch
    {
        LogicalSyntax logical => logical.Operands.Any(HasTerm),
        LiteralSyntax { Literal.Value: string } or StarSyntax or BinarySyntax { Left: StarSyntax } => true,
        _ => false,
    };

    public BoundExpression Bind(ExpressionSyntax syntax)
    {
        switch (syntax)
        {
            case LogicalSyntax logical: return new LogicalExpression(logical.Operator == "and", [.. logical.Operands.Select(Bind)]);
            case StarSyntax: return new ConstantExpression(new Literal(KqlType.Bool, true));
            case LiteralSyntax { Literal.Value: string term }:
                BoundExpression[] found = [.. table.Schema.Where(column => column.Type is KqlType.String or KqlType.Dynamic).Select(column => Term(new ColumnExpression(column), term))];
                return found.Length switch { 0 => new ConstantExpression(new Literal(KqlType.Bool, term.Trim('*').Length == 0)), 1 => found[0], _ => new LogicalExpression(false, found) };
            case BinarySyntax { Operator: ":", Left: StarSyntax } anywhere: return Bind(anywhere.Right);
            case BinarySyntax { Operator: ":", Right: LiteralSyntax { Literal.Value: string term } } within:
                var column = binder.Scalar(within.Left, table);
                return column.Type is KqlType.String or KqlType.Dynamic ? Term(column, term)
                    : throw BindFailure.Semantic("SEM0104", $"This is a {column.Type.Name()}, and a term is looked for in texts: compare it by ==", within.Left.Span);
            case BinarySyntax binary when isCaseSensitive && WithCase.Contains(binary.Operator.TrimStart('!')):
                return binder.Predicate(binary with { Operator = $"{binary.Operator}_cs" }, table);
            case BinarySyntax { Operator: "=~" or "!~" } binary when isCaseSensitive:
                return binder.Predicate(binary with { Operator = binary.Operator == "=~" ? "==" : "!=" }, table);
            default: return binder.Predicate(syntax, table);
        }
    }

    private BoundExpression Term(BoundExpression column, string term)
    {
        var (isStartOpen, isEndOpen, inner) = (term.StartsWith('*'), term.EndsWith('*'), term.Trim('*'));
        if (inner.Contains('*', StringComparison.Ordinal))
        {
            var pattern = string.Join(".*", inner.Split('*').Select(Regex.Escape));
            return Text("matches regex", $"{(isCaseSensitive ? "" : "(?i)")}{(isStartOpen ? "" : @"\b")}{pattern}{(isEndOpen ? "" : @"\b")}");
        }

        var operation = (isStartOpen, isEndOpen) switch { (true, true) => "contains", (true, false) => "hassuffix", (false, true) => "hasprefix", _ => "has" };
        return Text(isCaseSensitive ? $"{operation}_cs" : operation, inner);

        BoundExpression Text(string test, string text) => TextOperators.Bind(test, column, new ConstantExpression(new Literal(KqlType.String, text)))!;
    }
}
