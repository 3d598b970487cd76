
namespace Snowplow.Collector.Tests;

public sealed class CookieTests
{
    private const string Id = "3fa85f64-5717-4562-b3fc-2c963f66afa6";
    private static readonly DateTimeOffset Now = new(2030, 1, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("a cookie is kept", "sp=" + Id, Id)]
    [InlineData("among others", "a=1; sp=" + Id + ";b=2", Id)]
    [InlineData("upper case is kept", "sp=3FA85F64-5717-4562-B3FC-2C963F66AFA6", "3FA85F64-5717-4562-B3FC-2C963F66AFA6")]
    [InlineData("no cookie", null, null)]
    [InlineData("another name's", "xsp=" + Id, null)]
    [InlineData("another case's", "SP=" + Id, null)]
    [InlineData("not a UUID", "sp=nonsense", null)]
    [InlineData("empty", "sp=", null)]
    public async Task Cookie_OfARequest_IsRenewedOrReplaced(string label, string? cookie, string? expected)
    {
        var stream = new RecordingStream();
        await using var server = await CollectorServer.StartAsync(stream, new FixedTime(Now));

        using var response = await server.SendAsync("GET", "/i", null, cookie is null ? [] : [("Cookie", cookie)]);

        var id = stream.Only.NetworkUserId.ShouldNotBeNull(label);
        if (expected is null) Guid.ParseExact(id, "D").Version.ShouldBe(4, label);
        else id.ShouldBe(expected, label);
        response.Headers.GetValues("Set-Cookie").ShouldBe([$"sp={id}; Expires=Wed, 01 Jan 2031 12:00:00 GMT; Path=/; SameSite=None; Secure; HttpOnly"], label);
    }

    [Theory]
    [InlineData("defaults", null, "; SameSite=None; Secure; HttpOnly", "")]
    [InlineData("None forces Secure", null, "; SameSite=None; Secure; HttpOnly", "Secure=false")]
    [InlineData("lax", null, "; SameSite=Lax; Secure; HttpOnly", "SameSite=lax")]
    [InlineData("strict and insecure", null, "; SameSite=Strict; HttpOnly", "SameSite=STRICT|Secure=false")]
    [InlineData("no SameSite", null, "; Secure", "SameSite=|HttpOnly=false")]
    [InlineData("fallback domain", null, "; Domain=fallback.example; SameSite=None; Secure; HttpOnly", "FallbackDomain=fallback.example")]
    [InlineData("domain equal to the origin's host", "https://acme.example", "; Domain=acme.example; SameSite=None; Secure; HttpOnly", "Domains:0=acme.example")]
    [InlineData("domain above it", "https://shop.acme.example:8443", "; Domain=acme.example; SameSite=None; Secure; HttpOnly", "Domains:0=acme.example")]
    [InlineData("domain that merely ends alike", "https://notacme.example", "; SameSite=None; Secure; HttpOnly", "Domains:0=acme.example")]
    [InlineData("first domain that fits", "https://a.b.example", "; Domain=b.example; SameSite=None; Secure; HttpOnly", "Domains:0=x.example|Domains:1=b.example|Domains:2=a.b.example")]
    [InlineData("any of several origins", "null https://x.example https://b.example", "; Domain=b.example; SameSite=None; Secure; HttpOnly", "Domains:0=b.example")]
    [InlineData("none fits, fallback", "https://other.example", "; Domain=f.example; SameSite=None; Secure; HttpOnly", "Domains:0=b.example|FallbackDomain=f.example")]
    public async Task Cookie_WithSettings_HasTheseAttributes(string label, string? origin, string attributes, string settings)
    {
        await using var server = await CollectorServer.StartAsync(new RecordingStream(), new FixedTime(Now), Settings(settings));

        using var response = await server.SendAsync("GET", "/i", null, [("Cookie", "sp=" + Id), .. origin is null ? [] : new[] { ("Origin", origin) }]);

        response.Headers.GetValues("Set-Cookie").ShouldBe([$"sp={Id}; Expires=Wed, 01 Jan 2031 12:00:00 GMT; Path=/{attributes}"], label);
    }

    [Fact]
    public async Task Cookie_WithAClientCookieName_IsSetTwice()
    {
        await using var server = await CollectorServer.StartAsync(
            new RecordingStream(), new FixedTime(Now), ("Cookie:ClientCookieName", "spc"), ("Cookie:Name", "n"), ("Cookie:Expiration", "1.00:00:00"));

        using var response = await server.SendAsync("GET", "/i", null, ("Cookie", "n=" + Id));

        response.Headers.GetValues("Set-Cookie").ShouldBe(
        [
            $"n={Id}; Expires=Wed, 02 Jan 2030 12:00:00 GMT; Path=/; SameSite=None; Secure; HttpOnly",
            $"spc={Id}; Expires=Wed, 02 Jan 2030 12:00:00 GMT; Path=/; SameSite=None; Secure",
        ]);
    }

    [Fact]
    public async Task Cookie_WhenDisabled_IsReadButNotSet()
    {
        var stream = new RecordingStream();
        await using var server = await CollectorServer.StartAsync(stream, null, ("Cookie:Enabled", "false"));

        using var response = await server.SendAsync("GET", "/i", null, ("Cookie", "sp=" + Id));

        response.Headers.Contains("Set-Cookie").ShouldBeFalse();
        stream.Only.NetworkUserId.ShouldBe(Id);
    }

    [Theory]
    [InlineData("*")]
    [InlineData("")]
    public async Task Cookie_OfAnAnonymousVisitorWhoHasOne_IsDeleted(string headerValue)
    {
        var stream = new RecordingStream();
        await using var server = await CollectorServer.StartAsync(stream, new FixedTime(Now));

        using var response = await server.SendAsync("GET", "/i", null, ("Cookie", "sp=" + Id), ("SP-Anonymous", headerValue));

        response.Headers.GetValues("Set-Cookie").ShouldBe(["sp=; Expires=Mon, 01 Jan 2029 12:00:00 GMT; Path=/; SameSite=None; Secure; HttpOnly"]);
        stream.Only.NetworkUserId.ShouldBe("00000000-0000-0000-0000-000000000000");
    }

    [Fact]
    public async Task Cookie_OfAnAnonymousVisitorWithoutOne_IsNotSet()
    {
        await using var server = await CollectorServer.StartAsync(new RecordingStream());

        using var response = await server.SendAsync("GET", "/i", null, ("SP-Anonymous", "*"));

        response.Headers.Contains("Set-Cookie").ShouldBeFalse();
    }

    [Theory]
    [InlineData("?nuid=" + Id, Id)]
    [InlineData("?e=pv&nuid=" + Id + "&p=web", Id)]
    [InlineData("?nuid=nonsense", "9b1deb4d-3b7d-4bad-9bdd-2b0d7b3dcb6d")]
    [InlineData("?xnuid=" + Id, "9b1deb4d-3b7d-4bad-9bdd-2b0d7b3dcb6d")]
    public async Task NetworkUserId_OfTheQuery_ComesBeforeTheCookie(string query, string expected)
    {
        var stream = new RecordingStream();
        await using var server = await CollectorServer.StartAsync(stream);

        using var response = await server.SendAsync("GET", "/i" + query, null, ("Cookie", "sp=9b1deb4d-3b7d-4bad-9bdd-2b0d7b3dcb6d"));

        stream.Only.NetworkUserId.ShouldBe(expected);
        response.Headers.GetValues("Set-Cookie").Single().ShouldStartWith($"sp={expected};");
    }

    [Fact]
    public async Task Start_WithWrongOptions_NamesThemAll()
    {
        var start = CollectorServer.StartAsync(
            new RecordingStream(),
            null,
            ("MaxBodyBytes", "0"), ("BodyTimeout", "0"), ("Cookie:Name", "a b"), ("Cookie:SameSite", "sometimes"), ("Cookie:Domains:0", ".acme.example"));

        var message = (await Should.ThrowAsync<ArgumentException>(start)).Message;

        foreach (var name in (string[])["MaxBodyBytes", "BodyTimeout", "Cookie:Name", "Cookie:Domains", "Cookie:SameSite"])
            message.ShouldContain($"{name} must");
    }

    private static (string, string)[] Settings(string text) =>
        [.. text.Split('|', StringSplitOptions.RemoveEmptyEntries).Select(s => s.Split('=')).Select(s => ($"Cookie:{s[0]}", s[1]))];
}
