using Snowplow.Kql.Schema;
using Snowplow.Kql.Syntax;

namespace Snowplow.Kql.Binding;

/// <summary>Functions that the database keeps, as queries see them.</summary>
internal static class StoredFunctions
{
    private const string Recursion = "SEM0113";

    /// <summary>The function, named in a scope: its body sees tables and stored functions, and nothing of the query.</summary>
    public static FunctionBinding Bind(StoredFunction function, Scope caller, TextSpan span)
    {
        // Arguments are bound where they stand, so that a function may well be called with its own result.
        if (caller.Stored.Contains(function.Name))
            throw BindFailure.Semantic(Recursion, $"The function '{function.Name}' calls itself ({string.Join(" → ", caller.Stored.Add(function.Name))}), and Kusto has no recursion", span);
        return new FunctionBinding(function.Syntax, caller.ForStored(function.Name)) { Stored = new StoredCall(function.Script, span) };
    }

    /// <summary>Binds a body, or asks about it; what is wrong in it is told at the call, with the function and the place in it.</summary>
    public static T Told<T>(FunctionBinding function, Func<T> bind)
    {
        if (function.Stored is not { } stored) return bind();
        try
        {
            return bind();
        }
        catch (BindFailure failure)
        {
            var (line, column) = TextPlace.Of(stored.Text, failure.Diagnostic.Span.Start);
            var place = failure.IsInFunction ? "" : $" at line {line}, column {column}";
            var message = failure.Diagnostic.Code == Recursion ? failure.Message : $"In the function '{function.Function.Name}'{place}: {failure.Message}";
            throw new BindFailure(failure.Diagnostic with { Message = message, Span = stored.Call }, failure.Kind) { IsInFunction = true };
        }
    }
}
