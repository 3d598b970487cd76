namespace Snowplow.Kql.Data;

/// <summary>
/// The values of one column in the rows of a batch or extent: immutable, safe for any number of readers. A constant column holds one value that
/// counts for all its rows.
/// </summary>
public abstract class Column
{
    private protected Column(KqlType type, int length, bool isConstant)
    {
        Type = type;
        Length = length;
        IsConstant = isConstant;
    }

    /// <summary>The type of the values.</summary>
    public KqlType Type { get; }

    /// <summary>Number of rows.</summary>
    public int Length { get; }

    /// <summary>Whether one value counts for all rows.</summary>
    public bool IsConstant { get; }

    /// <summary>Whether some row may be null; false is certain.</summary>
    public abstract bool HasNulls { get; }

    /// <summary>Whether the row has no value. Strings always have one.</summary>
    public abstract bool IsNull(int row);

    /// <summary>
    /// The value as an object: <see cref="bool"/>, <see cref="int"/>, <see cref="long"/>, <see cref="double"/>, <see cref="decimal"/>,
    /// <see cref="DateTime"/>, <see cref="TimeSpan"/>, <see cref="Guid"/>, <see cref="string"/>, or a dynamic value; null for null.
    /// </summary>
    public abstract object? Box(int row);

    /// <summary>The rows named, in that order; a negative one gives null (or the empty string).</summary>
    public abstract Column Take(ReadOnlySpan<int> rows);

    /// <summary>A view of some rows; shares the values.</summary>
    public abstract Column Slice(int start, int length);

    /// <summary>The elements, one of a constant, as a type of the same size: ticks as <see cref="DateTime"/>, strings, dynamic values.</summary>
    internal abstract ReadOnlySpan<T> ValuesAs<T>();

    /// <summary>The same constant over another number of rows.</summary>
    internal abstract Column WithLength(int length);
}
