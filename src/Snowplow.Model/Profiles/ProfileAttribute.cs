using System.Text.Json;
using Snowplow.Events.Enriched;
using Snowplow.Model.Profiles.Aggregates;
using Snowplow.Model.Rules.Conditions;
using Snowplow.Model.Rules.Fields;

namespace Snowplow.Model.Profiles;

/// <summary>An attribute of a group: what is made of which events. Immutable and thread-safe.</summary>
public sealed class ProfileAttribute
{
    /// <summary>How many buckets of event time make a rolling period: a window begins up to one bucket early.</summary>
    public const int BucketsPerPeriod = 30;

    private readonly Condition? _when;
    private readonly FieldPath? _property;

    internal ProfileAttribute(string name, Aggregation aggregation, Condition? when, FieldPath? property)
    {
        Name = name;
        Aggregation = aggregation;
        _when = when;
        _property = property;
    }

    /// <summary>The name, unique in its group.</summary>
    public string Name { get; }

    /// <summary>What is made of the events.</summary>
    public Aggregation Aggregation { get; }

    /// <summary>The aggregation's name, as the rules have it.</summary>
    public string AggregationName => Aggregation.Name();

    /// <summary>The name of the property whose value is taken, or null.</summary>
    public string? Property { get; internal init; }

    /// <summary>The rolling window's length; null for a lifetime.</summary>
    public TimeSpan? Period { get; internal init; }

    /// <summary>The value where no event has been counted; null for the aggregation's own (0, an empty list or object, or null).</summary>
    public JsonElement? DefaultValue { get; internal init; }

    /// <summary>Says by what rules a kept state was made: a hash of the group's name and version and of all here but the default value.</summary>
    internal ulong Fingerprint { get; init; }

    /// <summary>The length of a bucket of a rolling window.</summary>
    internal long BucketMs => Math.Max(1, (PeriodMs + BucketsPerPeriod - 1) / BucketsPerPeriod);

    internal long PeriodMs => (long)(Period ?? TimeSpan.Zero).TotalMilliseconds;

    /// <summary>Whether the window is kept in buckets; what knows the times of all it keeps needs none.</summary>
    internal bool HasBuckets => Period is not null && Aggregation is not (Aggregation.Last or Aggregation.UniqueList or Aggregation.TimeSinceLast);

    internal FieldType ValueType => _property?.Type ?? FieldType.Json;

    internal bool Takes(in RuleEvent e) => _when is null || _when.Holds(e);

    internal FieldValue ReadValue(in RuleEvent e) => _property is null ? default : _property.Read(e);

    internal Aggregate NewAggregate() => Aggregate.For(Aggregation);

    /// <summary>The start of the window at a time, inclusive; of a lifetime the beginning of time.</summary>
    internal long WindowStart(long nowMs) => Period is null ? long.MinValue : nowMs - PeriodMs;

    /// <summary>Writes the value of an attribute that no event has been counted for.</summary>
    internal void WriteDefault(Utf8JsonWriter json)
    {
        if (DefaultValue is { } value)
        {
            value.WriteTo(json);
            return;
        }

        switch (Aggregation)
        {
            case Aggregation.Counter or Aggregation.ApproxCountDistinct:
                json.WriteNumberValue(0);
                break;
            case Aggregation.UniqueList:
                json.WriteStartArray();
                json.WriteEndArray();
                break;
            case Aggregation.CategoryCount:
                json.WriteStartObject();
                json.WriteEndObject();
                break;
            default:
                json.WriteNullValue();
                break;
        }
    }
}
