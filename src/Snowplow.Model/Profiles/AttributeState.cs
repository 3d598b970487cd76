using System.Text.Json;
using System.Text.Json.Serialization;
using Snowplow.Model.Profiles.Aggregates;
using Snowplow.Model.Sets;

namespace Snowplow.Model.Profiles;

/// <summary>
/// What is kept of one attribute: one aggregate, or for a rolling window one for each bucket of event time that the window still
/// touches at the newest event. An event that comes later than that is left out.
/// </summary>
internal sealed class AttributeState
{
    /// <summary>Null before the first event, and where there are buckets.</summary>
    [JsonPropertyName("a")]
    public Aggregate? Whole { get; set; }

    /// <summary>By number, ascending; at most <see cref="ProfileAttribute.BucketsPerPeriod"/> + 2.</summary>
    [JsonPropertyName("w")]
    public List<Bucket>? Buckets { get; set; }

    /// <summary>Takes an event.</summary>
    /// <param name="attribute">The attribute.</param>
    /// <param name="e">The event, which the attribute takes.</param>
    /// <param name="sighting">Whether it is a copy.</param>
    /// <param name="countedAtMs">The time under which its later copy was counted, where there is one.</param>
    /// <param name="watermarkMs">The newest event time.</param>
    public void Fold(ProfileAttribute attribute, in Observation e, Sighting sighting, long countedAtMs, long watermarkMs)
    {
        if (!attribute.HasBuckets)
        {
            Whole ??= attribute.NewAggregate();
            Whole.See(e);
            if (sighting == Sighting.New) Whole.Count(e, 1);
            return;
        }

        var oldest = OldestBucket(attribute, watermarkMs);
        Buckets ??= [];
        Forget(oldest);
        if (BucketOf(attribute, e.TimeMs) is var at && at >= oldest)
        {
            var part = Bucketed(attribute, at);
            part.See(e);
            if (sighting != Sighting.Copy) part.Count(e, 1);
        }

        if (sighting == Sighting.EarlierCopy && Find(BucketOf(attribute, countedAtMs)) is { } before) before.Count(e, -1);
    }

    /// <summary>Writes the attribute's value at a time; false where no event of its window has been counted.</summary>
    public bool TryWrite(Utf8JsonWriter json, ProfileAttribute attribute, long nowMs)
    {
        var from = attribute.WindowStart(nowMs);
        var aggregate = attribute.HasBuckets ? Merged(attribute, OldestBucket(attribute, nowMs)) : Whole;
        if (attribute.HasBuckets) from = long.MinValue;
        if (aggregate is null || aggregate.IsEmpty(from)) return false;
        aggregate.WriteTo(json, attribute.Aggregation, from, nowMs);
        return true;
    }

    private Aggregate? Merged(ProfileAttribute attribute, long oldest)
    {
        if (Buckets is null) return null;
        Aggregate? merged = null;
        foreach (var bucket in Buckets)
        {
            if (bucket.Number < oldest) continue;
            merged ??= attribute.NewAggregate();
            merged.Merge(bucket.Part);
        }

        return merged;
    }

    private void Forget(long before)
    {
        var old = 0;
        while (old < Buckets!.Count && Buckets[old].Number < before) old++;
        if (old > 0) Buckets.RemoveRange(0, old);
    }

    private Aggregate? Find(long number)
    {
        foreach (var bucket in Buckets!)
        {
            if (bucket.Number == number) return bucket.Part;
        }

        return null;
    }

    private Aggregate Bucketed(ProfileAttribute attribute, long number)
    {
        var at = Buckets!.Count;
        while (at > 0 && Buckets[at - 1].Number > number) at--;
        if (at > 0 && Buckets[at - 1].Number == number) return Buckets[at - 1].Part;
        var bucket = new Bucket { Number = number, Part = attribute.NewAggregate() };
        Buckets.Insert(at, bucket);
        return bucket.Part;
    }

    private static long OldestBucket(ProfileAttribute attribute, long nowMs) => BucketOf(attribute, attribute.WindowStart(nowMs));

    // Rounded down, also before 1970.
    private static long BucketOf(ProfileAttribute attribute, long timeMs) =>
        (timeMs - (attribute.BucketMs - 1 & timeMs >> 63)) / attribute.BucketMs;

    internal sealed class Bucket
    {
        [JsonPropertyName("b")]
        public long Number { get; init; }

        [JsonPropertyName("a")]
        public required Aggregate Part { get; init; }
    }
}
