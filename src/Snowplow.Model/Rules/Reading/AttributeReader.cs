using System.Buffers;
using System.Text;
using System.Text.Json;
using Snowplow.Model.Profiles;

namespace Snowplow.Model.Rules.Reading;

/// <summary>Reads an attribute: <c>{"name", "aggregation", "property"?, "period"?, "when"?, "default_value"?}</c>.</summary>
internal static class AttributeReader
{
    /// <summary>The shortest rolling window, in seconds.</summary>
    public const int MinPeriod = 60;

    /// <summary>The longest rolling window, in seconds: a leap year.</summary>
    public const int MaxPeriod = 366 * 86_400;

    /// <summary>The greatest length of a default value's JSON.</summary>
    public const int MaxDefaultLength = 1000;

    /// <summary>Reads one; null, with the faults reported, where it is wrong.</summary>
    /// <param name="node">The attribute.</param>
    /// <param name="conditions">Reads its condition and the names of fields.</param>
    /// <param name="names">The names so far, to which its own is added.</param>
    /// <param name="scope">Name and version of the group.</param>
    public static ProfileAttribute? Read(RuleNode node, ConditionReader conditions, HashSet<string> names, string scope)
    {
        if (node.Members("name", "aggregation", "property", "period", "when", "default_value") is not { } members) return null;
        var name = ProfilesReader.ReadName(node, members, names);
        var aggregation = node.Required(members, "aggregation") is { } kind ? ReadAggregation(kind) : null;
        var property = members.TryGetValue("property", out var propertyNode) ? conditions.Fields.Read(propertyNode) : null;
        if (aggregation is { } known)
        {
            if (known.TakesValue()) node.Required(members, "property");
            else propertyNode?.Fault($"has no meaning beside '{known.Name()}': remove it, or ask for it in 'when'");
        }

        var period = members.TryGetValue("period", out var seconds) ? seconds.Integer(MinPeriod, MaxPeriod) : null;
        var when = members.TryGetValue("when", out var condition) ? conditions.Read(condition) : null;
        var defaultValue = members.TryGetValue("default_value", out var value) && aggregation is { } suited ? ReadDefault(value, suited) : null;
        if (name is null) return null;
        // Where there are faults no rules come of it, but interventions must find the names.
        return new ProfileAttribute(name, aggregation ?? Aggregation.Counter, when, property)
        {
            Property = property is null ? null : propertyNode!.Json.GetString(),
            Period = period is { } length ? TimeSpan.FromSeconds(length) : null,
            DefaultValue = defaultValue,
            Fingerprint = Fingerprint(scope, members),
        };
    }

    private static Aggregation? ReadAggregation(RuleNode node)
    {
        if (node.Text() is not { } name) return null;
        var index = AggregationNames.All.IndexOf(name);
        if (index >= 0) return (Aggregation)index;
        node.Fault(NearestName.Of(name, AggregationNames.All) is { } nearest
            ? $"names no aggregation: '{name}'. Did you mean '{nearest}'?"
            : $"names no aggregation: '{name}'. Write one of {string.Join(", ", AggregationNames.All)}");
        return null;
    }

    private static JsonElement? ReadDefault(RuleNode node, Aggregation aggregation)
    {
        var (suits, what) = aggregation switch
        {
            Aggregation.First or Aggregation.Last or Aggregation.MostFrequent or Aggregation.LeastFrequent =>
                (node.Json.ValueKind is JsonValueKind.String or JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False, "text, a number, true or false"),
            Aggregation.UniqueList => (node.Json.ValueKind == JsonValueKind.Array, "an array"),
            Aggregation.CategoryCount => (node.Json.ValueKind == JsonValueKind.Object, "an object"),
            _ => (node.Json.ValueKind == JsonValueKind.Number, "a number"),
        };
        var length = node.Json.GetRawText().Length;
        if (!suits) node.Fault($"must be {what}, not {node.Kind}");
        else if (length > MaxDefaultLength) node.Fault($"has {length} characters: at most {MaxDefaultLength} are allowed");
        else return node.Json;
        return null;
    }

    // White space does not count, and neither does the default value, which no state depends on.
    private static ulong Fingerprint(string scope, IReadOnlyDictionary<string, RuleNode> members)
    {
        var text = new ArrayBufferWriter<byte>();
        text.Write(Encoding.UTF8.GetBytes(scope));
        foreach (var (name, node) in members.OrderBy(member => member.Key, StringComparer.Ordinal))
        {
            if (name == "default_value") continue;
            text.Write(Encoding.UTF8.GetBytes($"\n{name}="));
            using var json = new Utf8JsonWriter(text);
            node.Json.WriteTo(json);
        }

        return Hash.Of(text.WrittenSpan);
    }
}
