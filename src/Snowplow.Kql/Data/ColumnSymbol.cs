namespace Snowplow.Kql.Data;

/// <summary>A column of one place in a query. Two columns are the same if they are the same object; names may repeat between places.</summary>
/// <param name="name">The name.</param>
/// <param name="type">The type.</param>
public sealed class ColumnSymbol(string name, KqlType type)
{
    /// <summary>The name.</summary>
    public string Name { get; } = name;

    /// <summary>The type.</summary>
    public KqlType Type { get; } = type;

    /// <inheritdoc/>
    public override string ToString() => $"{Name}:{Type.Name()}";
}
