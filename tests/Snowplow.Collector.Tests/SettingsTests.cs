namespace Snowplow.Collector.Tests;

/// <summary>What the collector does as it is configured: spec §1, §5, §6, §8, §10, and the limits that are ours.</summary>
public sealed class SettingsTests
{
    private const string Id = "3fa85f64-5717-4562-b3fc-2c963f66afa6";

    [Fact]
    public async Task Path_OfOnesOwn_IsStoredAsTheOneItIsMappedTo()
    {
        await using var server = await CollectorServer.StartAsync(new RecordingStream(), null, ("Paths:/com.acme/track", "/com.snowplowanalytics.snowplow/tp2"));

        using var response = await server.SendAsync("POST", "/com.acme/track", "{}");

        server.Recorded.Only.Path.ShouldBe("/com.snowplowanalytics.snowplow/tp2");
    }

    [Fact]
    public async Task Pixel_WithoutAnId_BouncesOnceAndIsStoredOnItsReturn()
    {
        await using var server = await CollectorServer.StartAsync(new RecordingStream(), null, ("CookieBounce:Enabled", "true"));

        using var bounced = await server.SendAsync("GET", "/i?e=pv");

        ((int)bounced.StatusCode).ShouldBe(302);
        bounced.Headers.Location!.ToString().ShouldBe("/i?e=pv&n3pc=true");
        bounced.Headers.GetValues("Set-Cookie").Single().ShouldStartWith("sp=");
        server.Recorded.Appended.ShouldBeEmpty();

        using var refused = await server.SendAsync("GET", "/i?e=pv&n3pc=true");
        server.Recorded.Only.NetworkUserId.ShouldBe("00000000-0000-4000-A000-000000000000");
    }

    [Theory]
    [InlineData("GET", "sp=" + Id, null)]
    [InlineData("GET", null, "SP-Anonymous")]
    [InlineData("POST", null, null)]
    public async Task Request_ThatNeedsNoBounce_IsStored(string method, string? cookie, string? header)
    {
        await using var server = await CollectorServer.StartAsync(new RecordingStream(), null, ("CookieBounce:Enabled", "true"));

        using var response = await server.SendAsync(
            method, "/com.acme/v1", method == "POST" ? "{}" : null, [.. cookie is null ? [] : new[] { ("Cookie", cookie) }, .. header is null ? [] : new[] { (header, "*") }]);

        ((int)response.StatusCode).ShouldBe(200);
        server.Recorded.Appended.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("dnt=yes-1", 0)]
    [InlineData("dnt=yes-12", 1)]
    [InlineData("dnt=no", 1)]
    [InlineData("DNT=yes-1", 1)]
    public async Task Cookie_ThatForbidsTracking_MustMatchWhole(string cookie, int stored)
    {
        await using var server = await CollectorServer.StartAsync(
            new RecordingStream(), null, ("DoNotTrackCookie:Enabled", "true"), ("DoNotTrackCookie:Name", "dnt"), ("DoNotTrackCookie:Value", "yes-[0-9]|si"));

        using var response = await server.SendAsync("GET", "/i", null, ("Cookie", cookie));

        ((int)response.StatusCode).ShouldBe(200);
        response.Headers.Contains("Set-Cookie").ShouldBe(stored == 1);
        server.Recorded.Appended.Count.ShouldBe(stored);
    }

    [Fact]
    public async Task Pages_AsConfigured_AreAnsweredUnderHsts()
    {
        await using var server = await CollectorServer.StartAsync(
            new RecordingStream(), null, ("RootResponse:Enabled", "true"), ("RootResponse:Headers:Location", "https://acme.example/"), ("RootResponse:Body", "moved"),
            ("CrossDomain:Enabled", "true"), ("CrossDomain:Domains:0", "*.acme.example"), ("Hsts:Enabled", "true"), ("Hsts:MaxAge", "00:01:00"));

        using var root = await server.SendAsync("GET", "/");
        using var flash = await server.SendAsync("GET", "/crossdomain.xml");
        ((int)root.StatusCode).ShouldBe(302);
        root.Headers.Location!.ToString().ShouldBe("https://acme.example/");
        (await root.Content.ReadAsStringAsync()).ShouldBe("moved");
        (await flash.Content.ReadAsStringAsync()).ShouldContain("<allow-access-from domain=\"*.acme.example\" secure=\"true\" />");
        foreach (var path in new[] { "/", "/health", "/nowhere", "/a/b/c", "/i" })
        {
            using var response = await server.SendAsync("GET", path);
            response.Headers.GetValues("Strict-Transport-Security").ShouldBe(["max-age=60; includeSubDomains"], path);
        }
    }

    [Theory]
    [InlineData("127.0.0.0/8", "6.6.6.6, 9.9.9.9", null, "9.9.9.9")]
    [InlineData("127.0.0.0/8|10.0.0.0/8", "6.6.6.6, 9.9.9.9, 10.1.2.3:80", null, "9.9.9.9")]
    [InlineData("127.0.0.1", "6.6.6.6, nonsense", null, "127.0.0.1")]
    [InlineData("127.0.0.1", null, "for=6.6.6.6, for=\"[2001:db8::1]:4711\";proto=https", "2001:db8::1")]
    [InlineData("10.0.0.0/8", "6.6.6.6", null, "127.0.0.1")]
    [InlineData("none", "6.6.6.6", null, "127.0.0.1")]
    [InlineData("", "6.6.6.6, 9.9.9.9", null, "6.6.6.6")]
    public async Task Address_BehindProxies_IsTheLastThatNoTrustedOneHas(string trusted, string? forwardedFor, string? forwarded, string address)
    {
        var proxies = trusted.Split('|', StringSplitOptions.RemoveEmptyEntries).Select((proxy, i) => ($"TrustedProxies:{i}", proxy)).ToArray();
        await using var server = await CollectorServer.StartAsync(new RecordingStream(), null, proxies);

        (string, string)[] headers = [.. forwardedFor is null ? [] : new[] { ("X-Forwarded-For", forwardedFor) }, .. forwarded is null ? [] : new[] { ("Forwarded", forwarded) }];
        using var response = await server.SendAsync("GET", "/i", null, headers);

        var payload = server.Recorded.Only;
        payload.IpAddress.ShouldBe(address);
        if (trusted.Length > 0) payload.Headers!.Where(h => h.Contains("orwarded", StringComparison.Ordinal)).ShouldBe([$"X-Forwarded-For: {address}"]);
    }

    [Fact]
    public async Task Rate_BeyondTheLimitOfAnAddress_Is429()
    {
        await using var server = await CollectorServer.StartAsync(
            new RecordingStream(), new FixedTime(DateTimeOffset.UnixEpoch), ("RateLimit:PerSecond", "1"), ("RateLimit:Burst", "3"), ("RateLimit:MaxAddresses", "4"));
        var statuses = new List<int>();
        for (var i = 0; i < 5; i++) statuses.Add((int)(await server.SendAsync("GET", "/i", null, ("X-Forwarded-For", "1.2.3.4"))).StatusCode);

        statuses[..3].ShouldBe([200, 200, 200]);
        statuses[4].ShouldBe(429);
        using var refused = await server.SendAsync("GET", "/i", null, ("X-Forwarded-For", "1.2.3.4"));
        refused.Headers.RetryAfter.ShouldNotBeNull();
        for (var i = 0; i < 20; i++) ((int)(await server.SendAsync("GET", "/i", null, ("X-Forwarded-For", $"5.6.7.{i}"))).StatusCode).ShouldBe(200);
    }

    [Theory]
    [InlineData("GET", "aid=shop", null, 200)]
    [InlineData("GET", "aid=evil", null, 403)]
    [InlineData("GET", "e=pv", null, 403)]
    [InlineData("POST", "", """{"schema":"s","data":[{"aid":"shop"},{"e":"pv","aid":"blog"}]}""", 200)]
    [InlineData("POST", "", """{"schema":"s","data":[{"aid":"shop"},{"aid":"evil"}]}""", 403)]
    [InlineData("POST", "", """{"schema":"s","data":[{"aid":"shop"},{"e":"pv"}]}""", 403)]
    [InlineData("POST", "", """{"data":[{"\u0061id":"evil"}],"schema":"s"}""", 403)]
    [InlineData("POST", "aid=shop", "not json", 200)]
    [InlineData("POST", "", "not json", 403)]
    [InlineData("POST", "aid=evil", """{"schema":"s","data":[{"aid":"shop"}]}""", 403)]
    [InlineData("POST", "%61id=evil", """{"schema":"s","data":[{"aid":"shop"}]}""", 403)]
    [InlineData("POST", "aid=", """{"schema":"s","data":[{"aid":"shop"}]}""", 403)]
    [InlineData("POST", "aid=shop", """{"schema":"s","data":[{"aid":"evil"},{"e":"pv"}]}""", 200)]
    [InlineData("GET", "aid=shop&aid=evil", null, 403)]
    [InlineData("GET", "aid=shop&xaid=evil&aid", null, 403)]
    public async Task App_OfAnEvent_MustBeListed(string method, string query, string? body, int status)
    {
        await using var server = await CollectorServer.StartAsync(new RecordingStream(), null, ("AppIds:0", "shop"), ("AppIds:1", "blog"));

        using var response = await server.SendAsync(method, $"/com.snowplowanalytics.snowplow/tp2?{query}", body);

        ((int)response.StatusCode).ShouldBe(status);
        server.Recorded.Appended.Count.ShouldBe(status == 200 ? 1 : 0);
    }

    [Fact]
    public async Task Readiness_WhileTheServerIsToldToStop_Is503AndEventsAreTaken()
    {
        await using var server = await CollectorServer.StartAsync(new RecordingStream(), null, ("PreTerminationPeriod", "00:00:03"));
        var stop = server.StopAsync();

        using (var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(30)))
            while ((int)(await server.SendAsync("GET", "/ready")).StatusCode != 503) await Task.Delay(5, timeout.Token);
        using var response = await server.SendAsync("GET", "/i");
        using var health = await server.SendAsync("GET", "/health");

        ((int)response.StatusCode).ShouldBe(200);
        ((int)health.StatusCode).ShouldBe(200);
        await stop;
        server.Recorded.Appended.Count.ShouldBe(1);
    }

    [Fact]
    public void Options_ThatAreWrong_AreAllNamed()
    {
        var errors = new CollectorOptions
        {
            MaxPayloadBytes = 1,
            TrustedProxies = ["10.0.0.0/99"],
            Paths = new Dictionary<string, string> { ["/one"] = "/a/b", ["/api/x"] = "/a/b" },
            Redirects = new RedirectOptions { Enabled = true },
            DoNotTrackCookie = new DoNotTrackCookieOptions { Enabled = true, Name = "d", Value = "(" },
            RateLimit = new RateLimitOptions { PerSecond = -1 },
            CookieBounce = new CookieBounceOptions { Name = "a b", FallbackNetworkUserId = "x" },
            RootResponse = new RootResponseOptions { Headers = new Dictionary<string, string> { ["X"] = "a\r\nb" } },
        }.Validate();

        errors.Count.ShouldBe(10, string.Join("\n", errors));
    }
}
