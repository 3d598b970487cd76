using Snowplow.Kql.Binding;
using Snowplow.Kql.Binding.Expressions;
using Snowplow.Kql.Commands.Core;
using Snowplow.Kql.Data;
using Snowplow.Kql.Execution;
using Snowplow.Kql.Operators;
using Snowplow.Kql.Schema;
using Snowplow.Kql.Syntax;

namespace Snowplow.Kql.Commands.Functions;

/// <summary>Binds the body of a function that is made, so that what is wrong in it is told then.</summary>
internal static class FunctionCheck
{
    /// <summary>
    /// The columns that it gives over tables without rows, with its defaults or some value for each argument; null for one that gives a value, and for one
    /// with a parameter that is any table, which is not bound.
    /// </summary>
    /// <exception cref="BindFailure">The body makes no sense.</exception>
    public static RowSchema? Bind(CommandRun run, StoredFunction function)
    {
        if (function.Syntax.Parameters.Any(parameter => parameter is { Type: null, Columns: null })) return null;
        var empty = new Database(run.Database.Tables.Values.Select(table => new MemoryTable(table.Name, table.Columns, [], 0)), run.Catalog);
        var binder = new Binder(empty, new QueryContext(run.Options, run.Cancellation), new Scope(null));
        // Its text is that of the command, so that errors are told at their places.
        var stored = StoredFunctions.Bind(function, binder.Scope, function.Syntax.Span) with { Stored = null };
        var arguments = function.Syntax.Parameters.Where(parameter => parameter.Default is null).Select(parameter => ((string?)parameter.Name, Argument(parameter))).ToList();
        return binder.BindFunction(stored, arguments, function.Syntax.Span).Table?.Schema;
    }

    private static object Argument(ParameterSyntax parameter)
    {
        if (parameter.Type is { } type) return new ConstantExpression(new Literal(type, SomeValue(type)));
        var table = new MemoryTable(parameter.Name, [.. parameter.Columns!.Select(column => (column.Name, column.Type))], [], 0);
        return new TableBinding(() => new Scan(table));
    }
    private static object SomeValue(KqlType type) => type switch
    {
        KqlType.Bool => true,
        KqlType.Int => 1,
        KqlType.Long => 1L,
        KqlType.Real => 1.0,
        KqlType.Decimal => 1m,
        KqlType.DateTime => DateTime.UnixEpoch,
        KqlType.TimeSpan => TimeSpan.FromHours(1),
        KqlType.Guid => Guid.Empty,
        KqlType.String => "",
        _ => Array.Empty<object?>(),
    };
}
