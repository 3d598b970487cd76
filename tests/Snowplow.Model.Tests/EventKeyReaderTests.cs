namespace Snowplow.Model.Tests;

public sealed class EventKeyReaderTests
{
    private const string Zero = "00000000-0000-0000-0000-000000000000";

    private static readonly TestEvent Everything = new()
    {
        ClientUserId = "c-user",
        DomainUserid = "d-user",
        NetworkUserid = "n-user",
        UserId = "login",
        Ip = "203.0.113.7",
        Useragent = "Mozilla/5.0",
        ClientSessionId = "c-session",
        DomainSessionid = "d-session",
    };

    private static readonly Dictionary<string, (TestEvent Event, string? User, string? Session)> Cases = new()
    {
        ["all ids"] = (Everything, "d:c-user", "s:c-session"),
        ["no client session"] = (Everything with { ClientUserId = null, ClientSessionId = null }, "d:d-user", "s:d-session"),
        ["cookie only"] = (Everything with { ClientUserId = null, DomainUserid = null }, "n:n-user", "s:c-session"),
        ["login, no cookie"] = (new() { UserId = "login", Ip = "203.0.113.7" }, "u:login", "u:login"),
        ["address only"] = (new() { Ip = "203.0.113.7", Useragent = "Mozilla/5.0" }, "h:7f74bdcd", "h:7f74bdcd"),
        ["server anonymisation, all else off"] = (new() { NetworkUserid = Zero, Ip = "unknown", Useragent = "Mozilla/5.0" }, null, null),
        ["server anonymisation, address kept"] = (new() { NetworkUserid = Zero, Ip = "203.0.113.7" }, null, null),
        ["server anonymisation, session kept"] = (new() { NetworkUserid = Zero, Ip = "unknown", DomainSessionid = "d-session" }, null, "s:d-session"),
        ["server anonymisation, login"] = (new() { NetworkUserid = Zero, UserId = "login", Ip = "unknown" }, "u:login", "u:login"),
        ["server anonymisation, first-party id"] = (new() { NetworkUserid = Zero, DomainUserid = "d-user", Ip = "unknown" }, "d:d-user", "d:d-user"),
        ["client anonymisation, cookie"] = (new() { NetworkUserid = "n-user", DomainSessionid = "d-session", Ip = "203.0.113.7" }, "n:n-user", "s:d-session"),
        ["mobile anonymisation"] = (new() { ClientUserId = Zero, ClientSessionId = "c-session", Ip = "203.0.113.7" }, null, "s:c-session"),
        ["mobile anonymisation, cookie"] = (new() { ClientUserId = Zero, ClientSessionId = Zero, NetworkUserid = "n-user" }, "n:n-user", "n:n-user"),
        ["unknown address"] = (new() { Ip = "unknown", Useragent = "Mozilla/5.0" }, null, null),
        ["nothing at all"] = (new(), null, null),
        ["not ASCII"] = (new() { UserId = "Зоя" }, "u:Зоя", "u:Зоя"),
    };

    public static TheoryData<string> Names => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Keys_OfALandedLine_FollowTheOrderOfKinds(string name)
    {
        var (e, user, session) = Cases[name];
        var keys = new EventKeyReader().Read(e.Line);
        Shorten(keys.User).ShouldBe(user);
        Shorten(keys.Session).ShouldBe(session);
    }

    [Fact]
    public void Keys_OfAddressAndUserAgent_AreTheFirstHalfOfSha256()
    {
        var expected = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData("203.0.113.7\tMozilla/5.0"u8)[..16]);
        new EventKeyReader().Read(new TestEvent { Ip = "203.0.113.7", Useragent = "Mozilla/5.0" }.Line).User.ShouldBe("h:" + expected);
    }

    [Fact]
    public void Keys_ReadAgain_AreTheSameStrings()
    {
        var reader = new EventKeyReader();
        var first = reader.Read(Everything.Line);
        var again = reader.Read((Everything with { Id = "another" }).Line);
        again.User.ShouldBeSameAs(first.User);
        again.Session.ShouldBeSameAs(first.Session);
    }

    [Fact]
    public void Keys_OfManyUsers_AreNeverMixedUp()
    {
        var reader = new EventKeyReader();
        for (var round = 0; round < 2; round++)
            for (var i = 0; i < 5000; i++)
            {
                var keys = reader.Read(new TestEvent { DomainUserid = $"user-{i}", DomainSessionid = $"user-{i}" }.Line);
                keys.ShouldBe(new EventKeys($"d:user-{i}", $"s:user-{i}"));
            }
    }

    [Theory]
    [InlineData("6f7d", "s:6f7d")]
    [InlineData("n:abc~20260301T120000000Z", "n:abc")]
    [InlineData("n:abc~20260301T120000000Z~0a1b2c3d", "n:abc")]
    [InlineData("d:a~b~20260301T120000000Z", "d:a~b")]
    [InlineData("x:abc~20260301T120000000Z", "s:x:abc~20260301T120000000Z")]
    [InlineData("n:abc~20261301T120000000Z", "s:n:abc~20261301T120000000Z")]
    [InlineData("", "s:")]
    public void SessionKey_OfASessionsId_NamesItsGrain(string id, string key) => SessionKey.OfSession(id).ShouldBe(key);

    [Fact]
    public void UserKey_OfAnIdInARequest_IsTriedInTheOrderOfKinds()
    {
        UserKey.Candidates("abc").ShouldBe(["d:abc", "n:abc", "u:abc", "h:abc"]);
        UserKey.Candidates("u:abc").First().ShouldBe("u:abc");
    }

    // A hash is told by its first digits here; the test above has all of them.
    private static string? Shorten(string? key) => key is ['h', ':', ..] ? key[..10] : key;
}
