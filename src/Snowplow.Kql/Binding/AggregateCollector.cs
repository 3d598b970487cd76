using Snowplow.Kql.Aggregates.Core;
using Snowplow.Kql.Binding.Expressions;
using Snowplow.Kql.Data;
using Snowplow.Kql.Syntax;

namespace Snowplow.Kql.Binding;

/// <summary>Takes the aggregates out of the expressions of summarize, and gives the columns of their results for them.</summary>
/// <param name="inner">Binds the arguments of aggregates, over the input.</param>
/// <param name="groups">The group keys by name.</param>
/// <param name="input">The columns of the input.</param>
internal sealed class AggregateCollector(ExpressionBinder inner, IReadOnlyDictionary<string, ColumnSymbol> groups, RowSchema input)
{
    private readonly List<(BoundAggregate Aggregate, ColumnSymbol[] Results)> _aggregates = [];

    /// <summary>The aggregates and the columns of their results.</summary>
    public IReadOnlyList<(BoundAggregate Aggregate, ColumnSymbol[] Results)> Aggregates => _aggregates;

    /// <summary>A group key by name; null where there is none.</summary>
    public BoundExpression? Find(string name) => groups.TryGetValue(name, out var column) ? new ColumnExpression(column) : null;

    /// <summary>The first result of an aggregate.</summary>
    public BoundExpression Add(AggregateFunction function, CallSyntax call) => new ColumnExpression(AddAll(function, call)[0]);

    /// <summary>All results of an aggregate.</summary>
    public ColumnSymbol[] AddAll(AggregateFunction function, CallSyntax call)
    {
        var hasStar = call.Arguments is [.., StarSyntax];
        var arguments = call.Arguments.Where(argument => argument is not StarSyntax).ToList();
        var bound = arguments.Select(inner.Bind).ToList();
        var names = arguments.Select(argument => ColumnNames.Of(argument, inner.Schema)).ToList();
        var columns = input.Where(column => !groups.ContainsKey(column.Name)).ToList();
        var aggregate = function.Bind(new AggregateCall(bound, names, columns, hasStar))
            ?? throw BindFailure.Semantic("SEM0219", $"{call.Name}() cannot take ({string.Join(", ", bound.Select(argument => argument.Type.Name()))})", call.Span);
        ColumnSymbol[] results = [.. aggregate.Results.Select(result => new ColumnSymbol(result.Name, result.Type))];
        _aggregates.Add((aggregate, results));
        return results;
    }
}
