using System.Text.Json;
using System.Text.Json.Serialization;
using Snowplow.Model.Sets;

namespace Snowplow.Model.Profiles.Aggregates;

/// <summary>
/// The number of events by value. Beyond 100 values those that come last in ordinal order are counted together as
/// <c>(other)</c>; a value kept has therefore been counted from the start, in any order of arrival.
/// </summary>
internal sealed class CategoryCounts : Aggregate
{
    public const int Capacity = 100;

    /// <summary>In ordinal order. A count may come down to 0 where an event moved to another time; its value keeps its place.</summary>
    [JsonPropertyName("c")]
    public List<Category> Categories { get; set; } = [];

    [JsonPropertyName("o")]
    public long Others { get; set; }

    public override void Count(in Observation e, int count)
    {
        if (e.Value.IsMissing) return;
        for (var i = 0; i < Categories.Count; i++)
        {
            if (!Categories[i].Value.Is(e.Value, e.Type)) continue;
            Categories[i] = new Category(Categories[i].Value, Categories[i].Events + count);
            return;
        }

        Add(ProfileValue.Of(e.Value, e.Type), count);
    }

    public override void Merge(Aggregate other)
    {
        var counts = (CategoryCounts)other;
        foreach (var (value, events) in counts.Categories) Add(value, events);
        Others += counts.Others;
    }

    public override bool IsEmpty(long fromMs) => Others == 0 && Categories.TrueForAll(category => category.Events == 0);

    public override void WriteTo(Utf8JsonWriter json, Aggregation aggregation, long fromMs, long nowMs)
    {
        if (aggregation == Aggregation.CategoryCount) WriteCounts(json);
        else if (Favourite(aggregation == Aggregation.LeastFrequent) is { } favourite) favourite.WriteTo(json);
        else json.WriteNullValue();
    }

    private void Add(ProfileValue value, long events)
    {
        var at = Categories.BinarySearch(new Category(value, 0), Category.ByValue);
        if (at >= 0) Categories[at] = new Category(value, Categories[at].Events + events);
        else if (~at == Capacity) Others += events;
        else Categories.Insert(~at, new Category(value, events));
        if (Categories.Count <= Capacity) return;
        Others += Categories[^1].Events;
        Categories.RemoveAt(Capacity);
    }

    // Values of one text and several kinds, such as 1 and "1", have one member.
    private void WriteCounts(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        for (var i = 0; i < Categories.Count;)
        {
            var (text, events) = (Categories[i].Value.Text, 0L);
            for (; i < Categories.Count && Categories[i].Value.Text == text; i++) events += Categories[i].Events;
            if (events != 0 && text != NameCounts.Other) json.WriteNumber(text, events);
        }

        var others = Others + Categories.Where(category => category.Value.Text == NameCounts.Other).Sum(category => category.Events);
        if (others != 0) json.WriteNumber(NameCounts.Other, others);
        json.WriteEndObject();
    }

    private ProfileValue? Favourite(bool isLeast)
    {
        Category? favourite = null;
        foreach (var category in Categories)
        {
            if (category.Events > 0 && (favourite is not { } kept || (isLeast ? category.Events < kept.Events : category.Events > kept.Events)))
                favourite = category;
        }

        return favourite?.Value;
    }

    internal readonly record struct Category([property: JsonPropertyName("v")] ProfileValue Value, [property: JsonPropertyName("n")] long Events)
    {
        public static readonly Comparer<Category> ByValue = Comparer<Category>.Create((a, b) => a.Value.CompareTo(b.Value));
    }
}
