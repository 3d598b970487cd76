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

    /// <summary>The arguments from a place on, which must be columns.</summary>
    public IReadOnlyList<ColumnSymbol> Columns(int place) => [.. Enumerable.Range(place, Math.Max(0, Arguments.Count - place)).Select(Column)];

    /// <summary>The value of an argument; null stands for its own type.</summary>
    public object? Value(int place, KqlType? type) => place < Arguments.Count
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

    /// <summary>The ticks of an argument that is a length on a timeline, a timespan where that is of datetimes.</summary>
    public long Length(int place, ColumnSymbol time) => Ticks(place, LengthType(time));

    /// <summary>The length of a window, or the name of one of the calendar.</summary>
    public object Window(int place, ColumnSymbol time) => time.Type == KqlType.DateTime && Value(place, null) is string part ? part : Length(place, time);

    /// <summary>The type of lengths on a timeline.</summary>
    public static KqlType LengthType(ColumnSymbol time) => time.Type == KqlType.DateTime ? KqlType.TimeSpan : time.Type;

    /// <summary>A table of values.</summary>
    public static PlanNode Table(IReadOnlyList<(string Name, KqlType Type)> columns, IReadOnlyList<object?[]> rows) =>
        new Scan(new MemoryTable("evaluate", columns, [.. columns.Select((column, i) => Data.Columns.Of(column.Type, [.. rows.Select(row => row[i])]))], rows.Count));

    /// <summary>A table of a time, dimensions and what was measured.</summary>
    public static PlanNode Table(ColumnSymbol time, IReadOnlyList<ColumnSymbol> dimensions, IReadOnlyList<(string Name, KqlType Type)> measures, IReadOnlyList<object?[]> rows) =>
        Table([(time.Name, time.Type), .. dimensions.Select(dimension => (dimension.Name, dimension.Type)), .. measures], rows);
}
