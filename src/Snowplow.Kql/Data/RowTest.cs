namespace Snowplow.Kql.Data;

/// <summary>
/// What a filter asks of rows, told to a table so that it need not read what cannot have such rows. Every row that passes the filter passes the test;
/// others may too.
/// </summary>
public abstract record RowTest
{
    /// <summary>The places of the columns that it asks of.</summary>
    public abstract IEnumerable<int> Columns { get; }
}

/// <summary>Passes what passes all of these.</summary>
/// <param name="Tests">The tests.</param>
public sealed record AllTests(IReadOnlyList<RowTest> Tests) : RowTest
{
    /// <inheritdoc/>
    public override IEnumerable<int> Columns => Tests.SelectMany(test => test.Columns);
}

/// <summary>Passes what passes one of these.</summary>
/// <param name="Tests">The tests.</param>
public sealed record AnyTest(IReadOnlyList<RowTest> Tests) : RowTest
{
    /// <inheritdoc/>
    public override IEnumerable<int> Columns => Tests.SelectMany(test => test.Columns);
}
