namespace Snowplow.Collector.Tests;

public sealed class RedirectTests
{
    private const string Id = "3fa85f64-5717-4562-b3fc-2c963f66afa6";

    private static readonly (string, string)[] Allowed = [("Redirects:Enabled", "true"), ("Redirects:Domains:0", "acme.example"), ("Redirects:MacroEnabled", "true")];

    [Theory]
    [InlineData("https://acme.example/a?b=c#d", "https://acme.example/a?b=c#d")]
    [InlineData("HTTP://ACME.example:81/", "HTTP://ACME.example:81/")]
    [InlineData("https://acme.example/?id=${SP_NUID}", "https://acme.example/?id=" + Id)]
    [InlineData("https://acme.example/ü", "https://acme.example/%C3%BC")]
    [InlineData("https://shop.acme.example/", null)]
    [InlineData("https://evil.example/", null)]
    [InlineData("https://acme.example@evil.example/", null)]
    [InlineData("https://evil.example\\@acme.example/", null)]
    [InlineData("https://acme.example\\.evil.example/", null)]
    [InlineData("https:/evil.example/", null)]
    [InlineData("//acme.example/", null)]
    [InlineData("/local", null)]
    [InlineData("javascript:alert(1)//acme.example", null)]
    [InlineData("ftp://acme.example/", null)]
    [InlineData("https://acme.example/\r\nSet-Cookie: a=b", null)]
    [InlineData("https://acme.example/\0", null)]
    [InlineData("", null)]
    public async Task Redirect_ToATarget_GoesThereOnlyIfItIsAllowed(string target, string? location)
    {
        await using var server = await CollectorServer.StartAsync(new RecordingStream(), null, Allowed);

        using var response = await server.SendAsync("GET", $"/r/tp2?e=pv&u={Uri.EscapeDataString(target)}", null, ("Cookie", "sp=" + Id), ("Origin", "https://a.example"));

        ((int)response.StatusCode).ShouldBe(location is null ? 400 : 302);
        // HttpClient would make it another form of the same.
        (response.Headers.NonValidated.TryGetValues("Location", out var values) ? values.ToString() : null).ShouldBe(location);
        response.Headers.GetValues("Set-Cookie").Single().ShouldStartWith($"sp={Id}; ");
        response.Headers.GetValues("Access-Control-Allow-Origin").ShouldBe(["https://a.example"]);
        server.Recorded.Only.Path.ShouldBe("/r/tp2");
    }

    [Theory]
    [InlineData("e=pv&u=https%3A%2F%2Facme.example%2F%3Fid%3D%24%7BSP_NUID%7D%26q%3D%2525&p=web", "e=pv&u=https%3A%2F%2Facme.example%2F%3Fid%3D" + Id + "%26q%3D%2525&p=web", "https://acme.example/?id=" + Id + "&q=%25")]
    [InlineData("u=https://acme.example/${SP_NUID}/${SP_NUID}", "u=https%3A%2F%2Facme.example%2F" + Id + "%2F" + Id, "https://acme.example/" + Id + "/" + Id)]
    [InlineData("u=https://evil.example/&u=https://acme.example/${SP_NUID}", "u=https://evil.example/&u=https%3A%2F%2Facme.example%2F" + Id, "https://acme.example/" + Id)]
    [InlineData("u=https://acme.example/a+b%2Bc&page=${SP_NUID}", "u=https://acme.example/a+b%2Bc&page=${SP_NUID}", null)]
    [InlineData("u=https://acme.example/a%2Bc&page=${SP_NUID}", "u=https://acme.example/a%2Bc&page=${SP_NUID}", "https://acme.example/a+c")]
    [InlineData("u=https://evil.example/${SP_NUID}", "u=https%3A%2F%2Fevil.example%2F" + Id, null)]
    [InlineData("u=https://acme.example/&u=", "u=https://acme.example/&u=", null)]
    [InlineData("page=x", "page=x", null)]
    public async Task Redirect_IsStoredWithTheTargetThatItHas(string query, string stored, string? location)
    {
        await using var server = await CollectorServer.StartAsync(new RecordingStream(), null, Allowed);

        var answer = await server.SendRawAsync($"GET /r/tp2?{query} HTTP/1.1\r\nHost: c.example\r\nCookie: sp={Id}\r\nConnection: close\r\n\r\n");

        answer.ShouldStartWith(location is null ? "HTTP/1.1 400" : "HTTP/1.1 302");
        if (location is not null) answer.ShouldContain($"\r\nLocation: {location}\r\n");
        server.Recorded.Only.Querystring.ShouldBe(stored);
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("POST")]
    [InlineData("PUT")]
    public async Task Redirect_ByDefault_Is404(string method)
    {
        await using var server = await CollectorServer.StartAsync(new RecordingStream());

        using var response = await server.SendAsync(method, "/r/tp2?u=https%3A%2F%2Facme.example");

        ((int)response.StatusCode).ShouldBe(404);
        (await response.Content.ReadAsStringAsync()).ShouldBe("redirects disabled");
        server.Recorded.Appended.ShouldBeEmpty();
    }

    [Fact]
    public async Task Redirect_ByAPathOfOnesOwn_WorksWhileTheDefaultIsOff()
    {
        await using var server = await CollectorServer.StartAsync(
            new RecordingStream(), null, ("Paths:/go/to", "/r/tp2"), ("Redirects:Domains:0", "acme.example"));

        using var response = await server.SendAsync("GET", "/go/to?u=https%3A%2F%2Facme.example");
        using var off = await server.SendAsync("GET", "/r/tp2?u=https%3A%2F%2Facme.example");

        ((int)response.StatusCode).ShouldBe(302);
        ((int)off.StatusCode).ShouldBe(404);
        server.Recorded.Only.Path.ShouldBe("/r/tp2");
    }

    // Whoever is not to be tracked wants to get where the link leads all the same.
    [Theory]
    [InlineData("https://acme.example/", 302)]
    [InlineData("https://evil.example/", 400)]
    public async Task Redirect_OfAVisitorWhoIsNotToBeTracked_GoesThereAndStoresNothing(string target, int status)
    {
        await using var server = await CollectorServer.StartAsync(
            new RecordingStream(), null, [.. Allowed, ("DoNotTrackCookie:Enabled", "true"), ("DoNotTrackCookie:Name", "dnt"), ("DoNotTrackCookie:Value", "1")]);

        using var response = await server.SendAsync("GET", $"/r/tp2?u={Uri.EscapeDataString(target)}", null, ("Cookie", $"dnt=1; sp={Id}"));

        ((int)response.StatusCode).ShouldBe(status);
        response.Headers.Location?.ToString().ShouldBe(target);
        response.Headers.Contains("Set-Cookie").ShouldBeFalse();
        server.Recorded.Appended.ShouldBeEmpty();
    }

    [Fact]
    public async Task Redirect_ToAnyDomain_NeedsItsSetting()
    {
        await Should.ThrowAsync<ArgumentException>(() => CollectorServer.StartAsync(new RecordingStream(), null, ("Redirects:Enabled", "true")));
        await using var server = await CollectorServer.StartAsync(new RecordingStream(), null, ("Redirects:Enabled", "true"), ("Redirects:AllowAnyDomain", "true"));

        using var response = await server.SendAsync("GET", "/r/tp2?u=https%3A%2F%2Fany.example%2F");

        response.Headers.Location!.ToString().ShouldBe("https://any.example/");
    }
}
