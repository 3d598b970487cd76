using Snowplow.Kql.Binding;
using Snowplow.Kql.Data;
using Snowplow.Kql.Execution;
using Snowplow.Kql.Schema;
using Snowplow.Kql.Syntax;

namespace Snowplow.Kql.Commands.Core;

/// <summary>What the commands of a text run on, one after the other.</summary>
/// <param name="database">The database as it is before the first.</param>
/// <param name="options">Limits of queries.</param>
/// <param name="cancellation">Ends the run.</param>
internal sealed class CommandRun(Database database, QueryOptions options, CancellationToken cancellation)
{
    /// <summary>The database as the commands so far left it.</summary>
    public Database Database { get; private set; } = database;

    /// <summary>What it keeps beside rows.</summary>
    public Catalog Catalog => Database.Catalog;

    /// <summary>What was done to rows, in order.</summary>
    public List<RowChange> RowChanges { get; } = [];

    /// <summary>Whether bodies of functions are bound when they are made.</summary>
    public bool IsValidating { get; init; } = true;

    public QueryOptions Options => options;

    public CancellationToken Cancellation => cancellation;

    /// <summary>Puts another catalog in the place of the one there is.</summary>
    public void Change(Catalog catalog) => Database = Database.With(catalog);

    /// <summary>Puts rows into a table that is there.</summary>
    /// <exception cref="BindFailure">An update policy of another table wants these rows, too, and there are none here.</exception>
    public void Put(MemoryTable rows, bool replaces, TextSpan place)
    {
        if (rows.Extents([]).Count > 0 && UpdatePolicies.Of(Catalog, rows.Name) is { } target)
            throw BindFailure.NotSupported($"rows for '{rows.Name}', of which the update policy of '{target}' makes other rows", place);
        Database = Database.With(rows, replaces);
        RowChanges.Add(new RowChange(rows, replaces));
    }

    /// <summary>Goes back to a database of before.</summary>
    public void Restore(Database before) => Database = before;

    /// <summary>A binder of queries over the database.</summary>
    public Binder Binder() => Binder(options);

    /// <summary>A binder of queries over the database, within other limits.</summary>
    public Binder Binder(QueryOptions limits) => new(Database, new QueryContext(limits, cancellation), new Scope(null));

    /// <summary>The definition of a table that must be there.</summary>
    public TableDefinition Table(Token name) =>
        Database.Definition(name.Text) ?? throw BindFailure.Unresolved("table", name.Text, name.Span);

    /// <summary>The definition of a table that commands may change.</summary>
    public TableDefinition OwnTable(Token name) =>
        Table(name) is { IsFixed: false } own ? own : throw BindFailure.Semantic("SEM0300", $"The table '{name.Text}' is one of the platform's: its columns are fixed and it stays", name.Span);
}
