using System.Collections.Immutable;
using Snowplow.Kql.Data;

namespace Snowplow.Warehouse.Tables;

/// <summary>What the store keeps of a table, and which of its rows count.</summary>
/// <param name="Name">The name.</param>
/// <param name="Columns">Names and types of the columns, in order: those that queries see, then those that only the store reads.</param>
public sealed record WarehouseTable(string Name, ImmutableArray<(string Name, KqlType Type)> Columns)
{
    /// <summary>How many columns queries see.</summary>
    public int VisibleColumns { get; init; } = Columns.Length;

    /// <summary>The columns, all of text, that say which row it is; of rows with the same key one counts. Empty: every row counts.</summary>
    public ImmutableArray<int> Key { get; init; } = [];

    /// <summary>The two columns, both of whole numbers or times, whose values say which of the rows with the same key counts.</summary>
    public (int First, int Second) Order { get; init; }

    /// <summary>Whether the row with the least <see cref="Order"/> counts rather than the one with the greatest.</summary>
    public bool LeastCounts { get; init; }

    /// <summary>A column of text: rows that have one are of nothing that is still there, and queries do not see them. Negative: there is none.</summary>
    public int HiddenWhere { get; init; } = -1;

    /// <summary>How rows of forgotten people are told.</summary>
    public ForgetRule Forget { get; init; }

    /// <summary>The column of the user's or session's key by which people are forgotten; negative where there is none.</summary>
    public (int User, int Session) Person { get; init; } = (-1, -1);

    /// <summary>The column of the time by which rows are retained; negative: they are kept for ever.</summary>
    public int RetainedBy { get; init; } = -1;

    /// <summary>The place of a column.</summary>
    /// <exception cref="ArgumentException">There is no such column.</exception>
    public int PlaceOf(string column)
    {
        for (var i = 0; i < Columns.Length; i++)
            if (Columns[i].Name == column) return i;
        throw new ArgumentException($"'{Name}' has no column '{column}'.", nameof(column));
    }
}
