namespace Snowplow.Kql.Data;

/// <summary>A table that queries read: named columns, and rows in extents.</summary>
/// <param name="name">The name.</param>
/// <param name="columns">Names and types of the columns, in order.</param>
public abstract class Table(string name, IReadOnlyList<(string Name, KqlType Type)> columns)
{
    /// <summary>The name.</summary>
    public string Name { get; } = name;

    /// <summary>Names and types of the columns, in order.</summary>
    public IReadOnlyList<(string Name, KqlType Type)> Columns { get; } = columns;

    /// <summary>How many records of where its rows come from have landed and are not in it yet, at least; null where it has no such source.</summary>
    public virtual long? RecordsBehind => null;

    /// <summary>The extents that may have rows that pass all tests, in the order in which their rows came; a snapshot that stays as it is.</summary>
    /// <param name="tests">What the rows are filtered by; an extent may be given although it has no such row.</param>
    public abstract IReadOnlyList<Extent> Extents(IReadOnlyList<RowTest> tests);
}
