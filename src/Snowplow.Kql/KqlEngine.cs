using Snowplow.Kql.Binding;
using Snowplow.Kql.Data;
using Snowplow.Kql.Execution;
using Snowplow.Kql.Files;
using Snowplow.Kql.Plan;
using Snowplow.Kql.Syntax;

namespace Snowplow.Kql;

/// <summary>Runs KQL queries over tables. May be used by several threads.</summary>
/// <param name="database">The tables that queries may name.</param>
public sealed class KqlEngine(Database database)
{
    /// <summary>Runs the statements of a text.</summary>
    /// <param name="text">The query.</param>
    /// <param name="options">Limits.</param>
    /// <param name="cancellation">Ends the run.</param>
    /// <returns>A result for each statement that is a query, and for each branch of fork.</returns>
    /// <exception cref="KqlException">The query cannot be answered.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public IReadOnlyList<ResultTable> Run(string text, QueryOptions options, CancellationToken cancellation = default)
    {
        var statements = Parse(text);
        var context = new QueryContext(options, cancellation);
        return QueryFailures.Told(() =>
        {
            var binder = new Binder(database, context, new Scope(null));
            var results = new List<ResultTable>();
            foreach (var plan in binder.BindStatements(statements))
            {
                // Several results are those of the last operator; behind another one they are its input.
                var plans = binder.Forked is { } forked && forked[0].Plan == plan ? forked : [("PrimaryResult", plan)];
                foreach (var (name, each) in plans) results.Add(Run(each, name, binder.Visualization, context));
                binder.Forked = null;
                binder.Visualization = null;
            }

            return results;
        });
    }

    /// <summary>Writes the rows of a text's one query while they come: none is kept, and no limit of results holds.</summary>
    /// <param name="text">The query.</param>
    /// <param name="options">Limits of memory.</param>
    /// <param name="writer">Takes the rows.</param>
    /// <param name="cancellation">Ends the run.</param>
    /// <exception cref="KqlException">The query cannot be answered; what was written before is of no use.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    /// <exception cref="IOException">The rows cannot be written.</exception>
    public void Write(string text, QueryOptions options, RowWriter writer, CancellationToken cancellation = default)
    {
        var statements = Parse(text);
        var binder = new Binder(database, new QueryContext(options, cancellation), new Scope(null));
        Write(QueryFailures.Told(() => SingleQuery.Bind(binder, statements, new TextSpan(0, text.Length))), binder.Context, writer);
    }

    /// <summary>Writes the rows of a plan in order while they come.</summary>
    internal static void Write(PlanNode plan, QueryContext context, RowWriter writer)
    {
        writer.Begin(plan.Schema);
        var most = ResultLimit.MostTaken(context) ?? long.MaxValue;
        // Several threads would have to keep what comes too early, and the writing is what takes long.
        foreach (var part in QueryFailures.Told(() => plan.Prune(plan.Schema.ToHashSet()).Open(context)))
        {
            using var batches = part.GetEnumerator();
            while (writer.RowCount < most && QueryFailures.Told(batches.MoveNext))
            {
                context.Cancellation.ThrowIfCancellationRequested();
                writer.Write(batches.Current.Slice(0, (int)Math.Min(batches.Current.RowCount, most - writer.RowCount)));
            }
        }

        writer.End();
    }

    /// <summary>Runs a plan.</summary>
    internal static ResultTable Run(PlanNode plan, string name, Visualization? visualization, QueryContext context)
    {
        var pruned = plan.Prune(plan.Schema.ToHashSet());
        var limit = new ResultLimit(context);
        var batches = Parts.Run(pruned.Open(context), context, part => part.Where(batch => batch.RowCount > 0).Select(limit.Count).ToList()).SelectMany(list => list).ToList();
        limit.Cut(batches);
        return new ResultTable(name, plan.Schema, batches, visualization);
    }

    private static IReadOnlyList<StatementSyntax> Parse(string text)
    {
        var (statements, diagnostics) = Parser.Parse(text);
        if (diagnostics.Count > 0) throw new KqlException(KqlErrorKind.Syntax, diagnostics);
        return statements.Count > 0
            ? statements
            : throw new KqlException(KqlErrorKind.Syntax, [new Diagnostic("SYN0002", "Expected a query, but the text is empty", new TextSpan(0, text.Length))]);
    }
}
