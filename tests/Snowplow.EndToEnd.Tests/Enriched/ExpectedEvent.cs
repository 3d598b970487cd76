namespace Snowplow.EndToEnd.Tests.Enriched;

/// <summary>What all 131 columns of an event must hold. Columns of which nothing is said must be empty.</summary>
internal sealed class ExpectedEvent
{
    private static readonly Expected Empty = "";

    private readonly Dictionary<int, Expected> _columns = [];

    /// <summary>Says what a column must hold; said twice, the later holds.</summary>
    public Expected this[string column]
    {
        set => _columns[TsvColumns.PositionOf(column)] = value;
    }

    /// <summary>The same expectation with some columns said anew.</summary>
    public ExpectedEvent With(ExpectedEvent more)
    {
        var both = new ExpectedEvent();
        foreach (var (position, expected) in _columns.Concat(more._columns)) both._columns[position] = expected;
        return both;
    }

    /// <summary>Fails with every column that holds something else.</summary>
    public void ShouldMatch(TsvEvent actual)
    {
        var wrong =
            from position in Enumerable.Range(0, TsvColumns.Names.Count)
            let expected = _columns.GetValueOrDefault(position, Empty)
            where !expected.IsMet(actual.Columns[position])
            select $"{TsvColumns.Names[position]} should be {expected.Description}, but is \"{actual.Columns[position]}\"";
        wrong.ShouldBeEmpty($"columns of {actual["event"]} {actual.Id} from {actual["v_tracker"]}");
    }
}
