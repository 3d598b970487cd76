using System.Collections.Immutable;
using Snowplow.Kql.Binding.Expressions;
using Snowplow.Kql.Execution;
using Snowplow.Kql.Operators;
using Snowplow.Kql.Plan;
using Snowplow.Kql.Syntax;

namespace Snowplow.Kql.Binding;

/// <summary>What names are bound to by let and by parameters; inner names hide outer ones.</summary>
internal sealed class Scope(Scope? outer)
{
    private readonly Dictionary<string, object> _names = new(StringComparer.Ordinal);

    /// <summary>The call of a function that this is within; what is materialized is so once for each.</summary>
    public object Call { get; private init; } = new();

    /// <summary>Number of functions that this is within.</summary>
    public int Depth { get; private init; } = (outer?.Depth ?? -1) + 1;

    /// <summary>The stored functions that this is within, the outermost first.</summary>
    public ImmutableArray<string> Stored { get; private init; } = outer?.Stored ?? [];

    /// <summary>The scope of a call of a function that sees these names. Calls without arguments are all the same.</summary>
    public Scope ForCall(bool hasArguments) => hasArguments ? new Scope(this) : new Scope(this) { Call = Call };

    /// <summary>The scope of the body of a stored function that is named here: it sees none of these names.</summary>
    public Scope ForStored(string function) => new(null) { Depth = Depth + 1, Stored = Stored.Add(function) };

    /// <summary>The scope of a name that says which database it is of: nothing that the query binds is seen.</summary>
    public Scope ForDatabase() => new(null) { Depth = Depth, Stored = Stored };

    public void Set(string name, BoundExpression scalar) => _names[name] = scalar;

    public void Set(string name, TableBinding table) => _names[name] = table;

    public void Set(string name, LetFunctionSyntax function) => _names[name] = new FunctionBinding(function, Snapshot());

    /// <summary>
    /// The names as they are now: what stands behind a let sees those before it, so that nothing can name itself.
    /// </summary>
    public Scope Snapshot()
    {
        var copy = new Scope(outer) { Call = Call, Depth = Depth, Stored = Stored };
        foreach (var (name, bound) in _names) copy._names.Add(name, bound);
        return copy;
    }

    /// <summary>What a name is bound to: a <see cref="BoundExpression"/>, <see cref="TableBinding"/> or <see cref="FunctionBinding"/>; null for nothing.</summary>
    public object? Find(string name) => _names.TryGetValue(name, out var bound) ? bound : outer?.Find(name);

    /// <summary>Names of tables and views, inner ones first.</summary>
    public IEnumerable<(string Name, object Bound)> Tables() => _names
        .Where(pair => pair.Value is TableBinding or FunctionBinding { Function.IsView: true })
        .Select(pair => (pair.Key, pair.Value))
        .Concat(outer?.Tables() ?? []);
}

/// <summary>A table bound to a name: an expression, bound anew wherever it is named.</summary>
internal sealed record TableBinding(Func<PlanNode> Bind)
{
    /// <summary>Binds the expression at once, so that errors are told where it stands and not where it is used first.</summary>
    public static TableBinding Now(Func<PlanNode> bind, QueryContext context)
    {
        var known = context.RandomExpressions;
        PlanNode? bound = bind();
        // What is by chance is so anew in each place.
        var isRandom = context.RandomExpressions > known;
        var shared = new LetRows.Shared();
        return new TableBinding(() =>
        {
            // What was bound then serves the first use. A plan stands in one place, as its columns are told apart by it.
            var plan = bound ?? bind();
            bound = null;
            if (!isRandom) return LetRows.Of(plan, shared);
            context.RandomExpressions++;
            return plan;
        });
    }
}

/// <summary>A function bound to a name, with the names that its body sees.</summary>
internal sealed record FunctionBinding(LetFunctionSyntax Function, Scope Scope)
{
    /// <summary>The call of a stored function; null of one that the query has bound.</summary>
    public StoredCall? Stored { get; init; }
}

/// <summary>A call of a stored function.</summary>
/// <param name="Text">The text that the function stands in.</param>
/// <param name="Call">The place of the call in the text that it stands in.</param>
internal sealed record StoredCall(string Text, TextSpan Call);
