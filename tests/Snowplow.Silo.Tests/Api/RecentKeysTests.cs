using Snowplow.Silo.Api;

namespace Snowplow.Silo.Tests.Api;

public sealed class RecentKeysTests
{
    [Fact]
    public void Take_WhenMoreThanFitWereAdded_GivesTheNewestOnceEach()
    {
        var keys = new RecentKeys(3);
        foreach (var key in new[] { "a", "b", null, "c", "b", "d" })
            keys.Add(key);

        keys.Take().ShouldBe(["c", "b", "d"]);
        keys.Take().ShouldBeEmpty();
    }
}
