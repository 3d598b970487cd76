using System.Text;
using System.Text.Json;
using Snowplow.Model.Sets;

namespace Snowplow.Model.Tests.Sets;

public sealed class SetsTests
{
    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 40)]
    [InlineData(3, 400)]
    public void PingBuckets_InAnyOrderAndMerged_CountWhatASetCounts(int seed, int pings)
    {
        var random = new Random(seed);
        var expected = new HashSet<(ulong, long)>();
        var (all, odd, even) = (new PingBuckets(), new PingBuckets(), new PingBuckets());
        for (var i = 0; i < pings; i++)
        {
            var (view, bucket) = ((ulong)random.Next(4), (long)random.Next(-50, 150));
            expected.Add((view, bucket));
            all.Add(view, bucket);
            (i % 2 == 0 ? even : odd).Add(view, bucket);
        }

        odd.UnionWith(even);
        foreach (var buckets in new[] { all, odd, Reread(all) })
        {
            buckets.Count.ShouldBe(expected.Count);
            buckets.Views.ShouldBe(expected.Select(ping => ping.Item1).Distinct().Count());
            buckets.IsExact.ShouldBeTrue();
        }

        Json(odd).ShouldBe(Json(all));
    }

    [Fact]
    public void PingBuckets_OfAReaderWhoStays_TakeNextToNothing()
    {
        var buckets = new PingBuckets();
        for (var i = 0; i < 100_000; i++) buckets.Add(7, 177_000_000 + i);
        buckets.Count.ShouldBe(100_000);
        Json(buckets).Length.ShouldBeLessThan(40);
    }

    [Fact]
    public void PingBuckets_BeyondTheirBound_SayThatTheyAreInexact()
    {
        var buckets = new PingBuckets();
        for (var i = 0; i <= PingBuckets.Capacity; i++) buckets.Add(1, 2 * i);
        buckets.IsExact.ShouldBeFalse();
        buckets.Count.ShouldBe(PingBuckets.Capacity);
        Reread(buckets).IsExact.ShouldBeFalse();
    }

    [Fact]
    public void DistinctIds_UpToTheirBound_AreExact()
    {
        var ids = new DistinctIds();
        for (var i = 0; i < 3 * DistinctIds.Capacity; i++) ids.Add(Hash.Of(BitConverter.GetBytes(i % DistinctIds.Capacity)));
        ids.Count.ShouldBe(DistinctIds.Capacity);
        ids.IsExact.ShouldBeTrue();
    }

    [Fact]
    public void DistinctIds_BeyondTheirBound_EstimateTheSameInAnyOrder()
    {
        var numbers = Enumerable.Range(0, 100_000).ToArray();
        var (inOrder, shuffled, half) = (new DistinctIds(), new DistinctIds(), new DistinctIds());
        foreach (var number in numbers) inOrder.Add(Hash.Of(BitConverter.GetBytes(number)));
        new Random(5).Shuffle(numbers);
        foreach (var number in numbers[..50_000]) half.Add(Hash.Of(BitConverter.GetBytes(number)));
        foreach (var number in numbers[50_000..]) shuffled.Add(Hash.Of(BitConverter.GetBytes(number)));
        shuffled.UnionWith(half);

        inOrder.IsExact.ShouldBeFalse();
        inOrder.Count.ShouldBeInRange(80_000, 120_000);
        Json(shuffled).ShouldBe(Json(inOrder));
        Reread(inOrder).Count.ShouldBe(inOrder.Count);
        Reread(inOrder).IsExact.ShouldBeFalse();
    }

    [Fact]
    public void NameCounts_BeyondTheirBound_KeepExactCountsOfTheSameNamesInAnyOrder()
    {
        var names = Enumerable.Range(0, 5000).Select(i => $"event_{i % 100:D3}").ToArray();
        var inOrder = Count(names);
        new Random(3).Shuffle(names);
        var shuffled = Count(names[..2500]);
        shuffled.Add(Count(names[2500..]));

        Json(shuffled).ShouldBe(Json(inOrder));
        inOrder.IsExact.ShouldBeFalse();
        var counts = JsonSerializer.Deserialize<SortedDictionary<string, long>>(Json(inOrder))!;
        counts["event_063"].ShouldBe(50);
        counts[NameCounts.Other].ShouldBe(36 * 50);
        Json(Reread(inOrder)).ShouldBe(Json(inOrder));
    }

    [Fact]
    public void RecentValues_BeyondTheirBound_KeepTheLastSeenInAnyOrder()
    {
        var sightings = Enumerable.Range(0, 400).Select(i => (Value: $"id-{i * 7 % 40}", Time: (long)(i / 3))).ToArray();
        var expected = sightings.GroupBy(sighting => sighting.Value).Select(group => (group.Key, group.Max(sighting => sighting.Time)))
            .OrderByDescending(value => value.Item2).ThenBy(value => value.Key, StringComparer.Ordinal).Select(value => value.Key)
            .Take(RecentValues.Capacity);
        new Random(9).Shuffle(sightings);
        var values = new RecentValues();
        foreach (var (value, time) in sightings) values.See(Encoding.UTF8.GetBytes(value), time);
        values.Values.ShouldBe(expected);
        values.IsExact.ShouldBeFalse();
        Json(Reread(values)).ShouldBe(Json(values));
    }

    [Fact]
    public void EventIdWindow_WithinItsBounds_KnowsEveryCopy()
    {
        var window = new EventIdWindow();
        window.See(1, 1000, 1000, out _).ShouldBe(Sighting.New);
        window.See(1, 1000, 1000, out _).ShouldBe(Sighting.Copy);
        window.See(1, 1500, 1500, out _).ShouldBe(Sighting.Copy);
        window.See(1, 400, 1500, out var countedAt).ShouldBe(Sighting.EarlierCopy);
        countedAt.ShouldBe(1000);
        window.See(1, 700, 1500, out _).ShouldBe(Sighting.Copy);
        Reread(window).See(1, 700, 1500, out _).ShouldBe(Sighting.Copy);
    }

    [Fact]
    public void EventIdWindow_BeyondItsLength_Forgets()
    {
        var window = new EventIdWindow();
        window.See(1, 0, 0, out _);
        window.See(2, EventIdWindow.LengthMs, EventIdWindow.LengthMs, out _);
        window.See(1, 0, EventIdWindow.LengthMs, out _).ShouldBe(Sighting.Copy);
        window.See(3, EventIdWindow.LengthMs + 1, EventIdWindow.LengthMs + 1, out _);
        window.See(1, 0, EventIdWindow.LengthMs + 1, out _).ShouldBe(Sighting.New);
    }

    [Fact]
    public void EventIdWindow_OfMoreThanItHolds_KeepsTheLatest()
    {
        var window = new EventIdWindow();
        foreach (var id in Enumerable.Range(1, EventIdWindow.Capacity + 1).Reverse()) window.See((ulong)id, id, 1000, out _);
        window.Count.ShouldBe(EventIdWindow.Capacity);
        window.See(2, 2, 1000, out _).ShouldBe(Sighting.Copy);
        window.See(1, 1, 1000, out _).ShouldBe(Sighting.New);
        Json(window).Length.ShouldBeLessThan(EventIdWindow.Capacity * 16);
    }

    private static NameCounts Count(IEnumerable<string> names)
    {
        var counts = new NameCounts();
        foreach (var name in names) counts.Add(Encoding.UTF8.GetBytes(name), 1);
        return counts;
    }

    private static string Json<T>(T set) => JsonSerializer.Serialize(set, ModelJson.Options);

    private static T Reread<T>(T set) => JsonSerializer.Deserialize<T>(Json(set), ModelJson.Options)!;
}
