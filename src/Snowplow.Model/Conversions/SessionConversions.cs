using System.Text.Json.Serialization;
using Snowplow.Events.Enriched;
using Snowplow.Model.Events;
using Snowplow.Model.Rules;

namespace Snowplow.Model.Conversions;

/// <summary>A session's conversions, by the name of the rule. Copies of an event are counted as events are: the earliest alone.</summary>
internal sealed class SessionConversions
{
    /// <summary>By name; null as long as there is none.</summary>
    [JsonPropertyName("n")]
    public SortedDictionary<string, ConversionTally>? ByName { get; set; }

    [JsonIgnore]
    public long Volume => ByName?.Values.Sum(tally => tally.Volume) ?? 0;

    [JsonIgnore]
    public decimal Total => ByName?.Values.Sum(tally => tally.Total) ?? 0;

    public ConversionTally? Of(string name) => ByName?.GetValueOrDefault(name);

    public void Add(in EventFacts e, ModelRules rules)
    {
        foreach (var rule in rules.Conversions)
        {
            if (!rule.Matches(e.Line)) continue;
            ByName ??= new SortedDictionary<string, ConversionTally>(StringComparer.Ordinal);
            if (!ByName.TryGetValue(rule.Name, out var tally)) ByName[rule.Name] = tally = new ConversionTally();
            tally.Add(new Conversion(e.Identity, e.FullOrder, e.Text(EventField.EventId), Conversion.Exact(rule.Value(e.Line))));
        }
    }

    public void Remove(ulong identity)
    {
        if (ByName is null) return;
        foreach (var tally in ByName.Values) tally.Remove(identity);
    }

    public void Merge(SessionConversions other)
    {
        if (other.ByName is null) return;
        ByName ??= new SortedDictionary<string, ConversionTally>(StringComparer.Ordinal);
        foreach (var (name, tally) in other.ByName)
        {
            if (ByName.TryGetValue(name, out var known)) known.Merge(tally);
            else ByName[name] = tally;
        }
    }
}
