using Snowplow.Warehouse.Extents.Texts;

namespace Snowplow.Warehouse.Tests.Extents;

public sealed class TermFilterTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(7000)]
    [InlineData(300_000)]
    public void Filter_HoldsWhatItIsOf_AndLittleElse(int count)
    {
        var random = new Random(count);
        uint[] hashes = [.. Enumerable.Range(0, count).Select(_ => (uint)random.NextInt64(uint.MaxValue)).Distinct()];
        var filter = TermFilter.Of(hashes);

        filter.Length.ShouldBe(hashes.Length);
        foreach (var hash in hashes) TermFilter.MayHold(filter, hash).ShouldBeTrue();
        Enumerable.Range(0, 100_000).Count(_ => TermFilter.MayHold(filter, (uint)random.NextInt64(uint.MaxValue))).ShouldBeLessThan(count <= 1 ? 8_000 : 3_000);
    }

    [Fact]
    public void Set_OfTexts_HasEachTermOnce()
    {
        var set = new TermSet();
        for (var i = 0; i < 20_000; i++) set.Add(System.Text.Encoding.UTF8.GetBytes($"Page-{i % 5000} page"), isJson: false);
        set.All.Length.ShouldBe(5001);
        set.Clear();
        set.Add("again"u8, isJson: false);
        set.All.Length.ShouldBe(1);
    }
}
