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

    [Fact]
    public void Take_WhenRenewed_GivesThemAgain()
    {
        var keys = new RecentKeys(2);
        foreach (var key in new[] { "a", "b", "c" })
            keys.Add(key);
        keys.Take();

        keys.Add("b");
        keys.Take().ShouldBe(["b"]);
        keys.Renew();

        keys.Take().ShouldBe(["c", "b"]);
    }
}
