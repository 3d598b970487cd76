using Snowplow.Model.Sets;

namespace Snowplow.Model.Tests.Sets;

public sealed class CompactListTests
{
    [Fact]
    public void CompactList_WhateverIsPutInAndTakenOut_HoldsWhatAListHolds()
    {
        var random = new Random(1);
        for (var run = 0; run < 200; run++)
        {
            var (list, compact) = (new List<string>(), default(CompactList<string>));
            for (var step = 0; step < 60; step++)
            {
                if (list.Count == 0 || random.Next(3) > 0)
                {
                    var (at, text) = (random.Next(list.Count + 1), $"{run}.{step}");
                    list.Insert(at, text);
                    compact.Insert(at, text);
                }
                else
                {
                    var at = random.Next(list.Count);
                    var count = random.Next(list.Count - at + 1);
                    list.RemoveRange(at, count);
                    compact.RemoveRange(at, count);
                }

                compact.Count.ShouldBe(list.Count);
                compact.Elements.ToArray().ShouldBe(list);
            }
        }
    }

    [Fact]
    public void Element_BeyondTheEnd_IsRefused()
    {
        CompactList<int> list = default;
        list.Insert(0, 1);
        list.Insert(1, 2);
        list.Insert(2, 3);
        list.RemoveAt(0);
        list[1].ShouldBe(3);
        Should.Throw<IndexOutOfRangeException>(() => list[2]);
    }
}
