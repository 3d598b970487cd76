using Snowplow.Kql.Binding;
using Snowplow.Kql.Data;
using Snowplow.Kql.Plan;
using Snowplow.Kql.Syntax;

namespace Snowplow.Kql.Operators.Plugins;

/// <summary>A call of a plugin as it is bound.</summary>
internal sealed record PluginCall(EvaluateSyntax Syntax, PlanNode Input, Binder Binder)
{
    public TextSpan Span => Syntax.Plugin.Span;

    public IReadOnlyList<ExpressionSyntax> Arguments => Syntax.Plugin.Arguments;

    /// <summary>An argument that must be a column.</summary>
    public ColumnSymbol Column(int place)
    {
        if (place >= Arguments.Count || Arguments[place] is not NameSyntax name) throw BindFailure.Semantic("SEM0219", $"Argument {place + 1} of {Syntax.Plugin.Name} must be a column", Span);
        return Input.Schema.Find(name.Name) ?? throw BindFailure.Unresolved("column", name.Name, name.Span);
    }

    /// <summary>The value of an argument.</summary>
    public object? Value(int place, KqlType type) => place < Arguments.Count
        ? Binder.Constant(Arguments[place], type)
        : throw BindFailure.Semantic("SEM0219", $"{Syntax.Plugin.Name} needs {place + 1} arguments or more", Span);

    /// <summary>The ticks of an argument that is a time or timespan.</summary>
    public long Ticks(int place, KqlType type) => Value(place, type) switch
    {
        DateTime time => time.Ticks,
        TimeSpan span => span.Ticks,
        long number => number,
        _ => throw BindFailure.Semantic("SEM0219", $"Argument {place + 1} of {Syntax.Plugin.Name} must not be null", Span),
    };

    /// <summary>Ids and times of the rows whose time is within [from, to), in order of time; ids as small numbers.</summary>
    public IReadOnlyList<(long Time, int Id)> Events(ColumnSymbol id, ColumnSymbol time, long from, long to)
    {
        var rows = Binder.Run(Input.Prune(new HashSet<ColumnSymbol> { id, time }));
        var coder = Execution.Grouping.KeyCoder.Of(id.Type);
        var ids = new int[rows.RowCount];
        coder.Code(rows[id], ids, true);
        var times = rows[time] as ValueColumn<long> ?? throw BindFailure.Semantic("SEM0219", $"The timeline of {Syntax.Plugin.Name} must be a datetime or long", Span);
        return [.. Enumerable.Range(0, rows.RowCount).Where(i => !times.IsNull(i) && times[i] >= from && times[i] < to).Select(i => (Time: times[i], Id: ids[i])).OrderBy(row => row.Time)];
    }

    /// <summary>A table of values.</summary>
    public static PlanNode Table(IReadOnlyList<(string Name, KqlType Type)> columns, IReadOnlyList<object?[]> rows) =>
        new Scan(new MemoryTable("evaluate", columns, [.. columns.Select((column, i) => Columns.Of(column.Type, [.. rows.Select(row => row[i])]))], rows.Count));
}
