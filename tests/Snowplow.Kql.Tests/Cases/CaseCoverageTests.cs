using System.Collections;
using System.Text.RegularExpressions;
using Snowplow.Kql.Aggregates;
using Snowplow.Kql.Binding;
using Snowplow.Kql.Functions;
using Snowplow.Kql.Functions.Operators;
using Snowplow.Kql.Operators;
using Snowplow.Kql.Syntax;

namespace Snowplow.Kql.Tests.Cases;

/// <summary>What the tables of the code list has cases: nothing new goes without.</summary>
public sealed class CaseCoverageTests
{
    private static readonly IReadOnlyList<string> Queries =
    [
        .. Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "Cases"), "*.txt", SearchOption.AllDirectories).SelectMany(CaseFile.Read).Select(one => one.Query),
    ];

    [Fact]
    public void Functions_EachOccurInSomeCase()
    {
        var names = FunctionTable.Folders.SelectMany(folder => folder.Functions).Select(function => function.Name)
            .Concat(AggregateTable.All.Select(aggregate => aggregate.Name))
            .Concat(Evaluate.All.Select(plugin => plugin.Name))
            .Concat(SpecialCalls.All.Select(call => call.Name))
            .Concat(TextOperators.Names);

        names.Where(name => !Queries.Any(query => Regex.IsMatch(query, $@"(?<!\w){Regex.Escape(name)}(?!\w)"))).ShouldBeEmpty();
    }

    [Fact]
    public void Operators_EachStandInSomeCase()
    {
        var read = new HashSet<Type>();
        foreach (var query in Queries) Collect(Parser.Parse(query).Statements, read);

        typeof(OperatorSyntax).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(OperatorSyntax)) && type != typeof(UnsupportedSyntax) && !read.Contains(type))
            .ShouldBeEmpty();
    }

    // The types of all parts of a syntax tree.
    private static void Collect(object? part, HashSet<Type> types)
    {
        if (part is IEnumerable parts and not string)
        {
            foreach (var one in parts) Collect(one, types);
        }
        else if (part?.GetType() is { Namespace: "Snowplow.Kql.Syntax", IsEnum: false } type && type != typeof(TextSpan) && type != typeof(Literal))
        {
            types.Add(type);
            foreach (var property in type.GetProperties()) Collect(property.GetValue(part), types);
        }
        else if (part is System.Runtime.CompilerServices.ITuple tuple)
        {
            for (var i = 0; i < tuple.Length; i++) Collect(tuple[i], types);
        }
    }
}
