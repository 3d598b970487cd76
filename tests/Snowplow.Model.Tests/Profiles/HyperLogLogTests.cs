using System.Text.Json;
using Snowplow.Model.Sets;

namespace Snowplow.Model.Tests.Profiles;

public sealed class HyperLogLogTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(256)]
    [InlineData(257)]
    [InlineData(1_000)]
    [InlineData(10_000)]
    [InlineData(20_000)]
    [InlineData(200_000)]
    public void Count_IsExactUpTo256_AndBeyondWithinFourStandardErrors(int distinct)
    {
        foreach (var seed in new[] { 1UL, 2UL, 3UL })
        {
            var set = new HyperLogLog();
            for (var i = 0; i < distinct; i++) set.Add(HashOf(i, seed));
            if (distinct <= 256) set.Count.ShouldBe(distinct);
            else ((double)set.Count).ShouldBe(distinct, tolerance: 4 * 0.01625 * distinct);
        }
    }

    [Fact]
    public void Set_DoesNotDependOnOrderPartsOrWriting()
    {
        for (var seed = 0; seed < 30; seed++)
        {
            var random = new Random(seed);
            var ids = Enumerable.Range(0, random.Next(1, 700)).Select(id => HashOf(id, 0)).ToArray();
            var inOrder = Of(ids);
            random.Shuffle(ids);
            var shuffled = Of([.. ids, .. ids.Take(50)]);
            var cut = random.Next(ids.Length);
            var merged = Of(ids[..cut]);
            merged = JsonSerializer.Deserialize<HyperLogLog>(JsonSerializer.Serialize(merged))!;
            merged.UnionWith(Of(ids[cut..]));
            Json(shuffled).ShouldBe(Json(inOrder));
            Json(merged).ShouldBe(Json(inOrder));
        }
    }

    private static ulong HashOf(int id, ulong seed) => Hash.Of(BitConverter.GetBytes(id), seed);

    private static string Json(HyperLogLog set) => JsonSerializer.Serialize(set);

    private static HyperLogLog Of(ulong[] ids)
    {
        var set = new HyperLogLog();
        foreach (var id in ids) set.Add(id);
        return set;
    }
}
