using Snowplow.Kql.Data;
using Snowplow.Kql.Functions;
using Snowplow.Kql.Functions.Core;
using Snowplow.Kql.Syntax;

namespace Snowplow.Kql.Binding;

/// <summary>What columns are called that an expression without a name makes.</summary>
internal static class ColumnNames
{
    /// <summary>The name that an expression gives its column; null where it gives none.</summary>
    public static string? Of(ExpressionSyntax syntax, RowSchema schema) => syntax switch
    {
        NamedSyntax named => named.Names[0],
        NameSyntax name => name.Name,
        MemberSyntax member => Within(member.Target, member.Member, schema),
        IndexSyntax { Index: LiteralSyntax literal } index => Within(index.Target, Cleaned(DynamicValue.Text(literal.Literal.Value)), schema),
        CallSyntax { Name: "bin_auto", Arguments: [var binned] } => Of(binned, schema),
        CallSyntax { Name: "column_ifexists" or "columnifexists", Arguments: [LiteralSyntax { Literal.Value: string name }, _] } => schema.Find(name)?.Name,
        CallSyntax { Arguments: [var first, ..] } call => FunctionTable.Find(call.Name) is not { } function ? null : function.NameRule switch
        {
            NameRule.FirstArgument => Of(first, schema),
            NameRule.OnlyArgument when call.Arguments.Count == 1 => Of(first, schema),
            NameRule.NameAndFirstArgument => $"{call.Name}_{Of(first, schema)}",
            NameRule.PrefixAndFirstArgument => $"{function.NamePrefix}_{Of(first, schema)}",
            NameRule.Prefix => function.NamePrefix,
            _ => null,
        },
        _ => null,
    };

    /// <summary>The name, or with the least number behind it that makes it new.</summary>
    public static string Unique(string name, ICollection<string> taken)
    {
        if (!taken.Contains(name)) return name;
        var number = 1;
        while (taken.Contains($"{name}{number}")) number++;
        return $"{name}{number}";
    }

    private static string Within(ExpressionSyntax target, string part, RowSchema schema) => Of(target, schema) is { } whole ? $"{whole}_{part}" : part;

    private static string Cleaned(string text) => string.Concat(text.Select(c => char.IsLetterOrDigit(c) ? c : '_'));
}
