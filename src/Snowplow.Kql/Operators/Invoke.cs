using Snowplow.Kql.Binding;
using Snowplow.Kql.Plan;
using Snowplow.Kql.Syntax;

namespace Snowplow.Kql.Operators;

/// <summary><c>invoke</c>: a function whose first argument is the input.</summary>
internal static class Invoke
{
    public static PlanNode Bind(InvokeSyntax syntax, PlanNode input, Binder binder)
    {
        var call = syntax.Function;
        if (binder.FindFunction(call.Name, call.Span) is not { } function) throw BindFailure.Unresolved("table function", call.Name, call.Span);
        var isUsed = false;
        // Each place where the function names its table has columns of its own.
        var first = new TableBinding(() => isUsed ? new Scan(binder.ToTable("invoke", input)) : Once());
        return binder.BindFunction(function, [(null, first), .. FunctionArguments.Of(binder, call, null)], call.Span).Table
            ?? throw BindFailure.Semantic("SEM0101", $"Expected a table, but '{call.Name}' gives a value", call.Span);

        PlanNode Once()
        {
            isUsed = true;
            return input;
        }
    }
}
