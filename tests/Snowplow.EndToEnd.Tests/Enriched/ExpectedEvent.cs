using System.Collections;

namespace Snowplow.EndToEnd.Tests.Enriched;

/// <summary>What all 131 columns of an event must hold. Columns that are not named must be empty.</summary>
internal sealed class ExpectedEvent : IEnumerable<KeyValuePair<string, Expected>>
{
    private readonly Expected[] _columns = [.. TsvColumns.Names.Select(_ => (Expected)"")];

    /// <summary>Says what a column must hold; said twice, the later holds.</summary>
    public Expected this[string column]
    {
        set => _columns[TsvColumns.PositionOf(column)] = value;
    }

    /// <summary>The same expectation with some columns said anew.</summary>
    public ExpectedEvent With(ExpectedEvent more)
    {
        var both = new ExpectedEvent();
        foreach (var (column, expected) in this.Concat(more)) both[column] = expected;
        return both;
    }

    /// <summary>Fails with every column that holds something else.</summary>
    public void ShouldMatch(TsvEvent actual)
    {
        var wrong =
            from position in Enumerable.Range(0, _columns.Length)
            where !_columns[position].IsMet(actual.Columns[position])
            select $"{TsvColumns.Names[position]} should be {_columns[position].Description}, but is \"{actual.Columns[position]}\"";
        wrong.ShouldBeEmpty($"columns of {actual["event"]} {actual.Id} from {actual["v_tracker"]}");
    }

    /// <summary>The columns that must not be empty.</summary>
    public IEnumerator<KeyValuePair<string, Expected>> GetEnumerator() =>
        TsvColumns.Names.Zip(_columns, KeyValuePair.Create).Where(column => !column.Value.IsMet("")).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
