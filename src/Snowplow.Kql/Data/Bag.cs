namespace Snowplow.Kql.Data;

/// <summary>A property bag of a dynamic value, in the order in which its properties were put in.</summary>
public sealed class Bag : OrderedDictionary<string, object?>
{
    /// <summary>An empty bag.</summary>
    public Bag()
        : base(StringComparer.Ordinal)
    {
    }
}
