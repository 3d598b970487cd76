using System.Text.Json;
using System.Text.Json.Serialization;

namespace Snowplow.Model.Profiles.Aggregates;

/// <summary>
/// What an attribute keeps of the events of a time. It depends on the set of events alone, whatever their order: sums are exact,
/// and what is left out beyond a bound is told by the values.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "k")]
[JsonDerivedType(typeof(EventCount), "n")]
[JsonDerivedType(typeof(NumberSum), "s")]
[JsonDerivedType(typeof(NumberRange), "r")]
[JsonDerivedType(typeof(EdgeValue), "v")]
[JsonDerivedType(typeof(CategoryCounts), "c")]
[JsonDerivedType(typeof(DistinctCount), "d")]
[JsonDerivedType(typeof(UniqueValues), "u")]
[JsonDerivedType(typeof(TimeRange), "t")]
internal abstract class Aggregate
{
    /// <summary>An empty one for an aggregation.</summary>
    public static Aggregate For(Aggregation aggregation) => aggregation switch
    {
        Aggregation.Counter => new EventCount(),
        Aggregation.Sum or Aggregation.Mean => new NumberSum(),
        Aggregation.Min or Aggregation.Max => new NumberRange(),
        Aggregation.First or Aggregation.Last => new EdgeValue { IsLast = aggregation == Aggregation.Last },
        Aggregation.MostFrequent or Aggregation.LeastFrequent or Aggregation.CategoryCount => new CategoryCounts(),
        Aggregation.ApproxCountDistinct => new DistinctCount(),
        Aggregation.UniqueList => new UniqueValues(),
        _ => new TimeRange(),
    };

    /// <summary>Takes what a set of events tells: called for every copy of an event.</summary>
    public virtual void See(in Observation e)
    {
    }

    /// <summary>Takes what must be counted once: 1 for an event, −1 to take back one that moves elsewhere.</summary>
    public virtual void Count(in Observation e, int count)
    {
    }

    /// <summary>Takes what another of the same kind holds.</summary>
    public abstract void Merge(Aggregate other);

    /// <summary>Whether it holds nothing of a time or later; what does not know its times ignores it.</summary>
    public abstract bool IsEmpty(long fromMs);

    /// <summary>Writes the attribute's value as JSON. Not to be called where <see cref="IsEmpty"/>.</summary>
    /// <param name="json">Takes it.</param>
    /// <param name="aggregation">The attribute's.</param>
    /// <param name="fromMs">The start of the attribute's window.</param>
    /// <param name="nowMs">The time of the reading.</param>
    public abstract void WriteTo(Utf8JsonWriter json, Aggregation aggregation, long fromMs, long nowMs);
}
