using Snowplow.Kql.Data;

namespace Snowplow.Kql.Aggregates;

/// <summary>The types of dynamic values in the order in which they first came; nulls have none.</summary>
internal sealed class ValueSchema
{
    private const string OfBags = "{";
    private const string OfArrays = "[";

    private readonly List<string> _types = [];
    private readonly OrderedDictionary<string, ValueSchema> _properties = new(StringComparer.Ordinal);
    private ValueSchema? _items;

    /// <summary>Takes in a value.</summary>
    public void Add(object? value)
    {
        switch (value)
        {
            case null: break;
            case Bag bag:
                Take(OfBags);
                foreach (var (name, property) in bag) Property(name).Add(property);
                break;
            case object?[] items:
                Take(OfArrays);
                _items ??= new ValueSchema();
                foreach (var item in items) _items.Add(item);
                break;
            default: Take(Name(value)); break;
        }
    }

    /// <summary>Takes in all values of another.</summary>
    public void Merge(ValueSchema other)
    {
        foreach (var type in other._types) Take(type);
        foreach (var (name, property) in other._properties) Property(name).Merge(property);
        if (other._items is { } items) (_items ??= new ValueSchema()).Merge(items);
    }

    /// <summary>A type's name, a bag of properties, a bag of <c>`indexer`</c>; of several types an array, of none null.</summary>
    public object? ToDynamic()
    {
        var types = _types.Select(type => type switch { OfBags => Properties(), OfArrays => new Bag { ["`indexer`"] = _items!.ToDynamic() }, _ => (object?)type }).ToArray();
        return types.Length switch { 0 => null, 1 => types[0], _ => types };
    }

    private static string Name(object value) => value switch
    {
        double => "double", long => "long", bool => "bool", DateTime => "datetime", TimeSpan => "timespan", Guid => "guid", decimal => "decimal", _ => "string",
    };

    private Bag Properties()
    {
        var bag = new Bag();
        foreach (var (name, property) in _properties) bag[name] = property.ToDynamic();
        return bag;
    }

    private void Take(string type)
    {
        if (!_types.Contains(type)) _types.Add(type);
    }

    private ValueSchema Property(string name)
    {
        if (!_properties.TryGetValue(name, out var schema)) _properties.Add(name, schema = new ValueSchema());
        return schema;
    }
}
