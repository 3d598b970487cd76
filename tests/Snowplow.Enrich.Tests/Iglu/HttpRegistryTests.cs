using Snowplow.Enrich.Iglu;
using Snowplow.Events.Iglu;

namespace Snowplow.Enrich.Tests.Iglu;

/// <summary>The resolver against real HTTP servers that behave well, badly, or not at all.</summary>
public sealed class HttpRegistryTests : IDisposable
{
    private const string Schema = """{"type":"object","required":["id"]}""";

    private static readonly SchemaKey Key = SchemaKey.Parse("iglu:com.acme/checkout/jsonschema/1-0-0");

    private readonly HttpClient _client = new() { Timeout = Timeout.InfiniteTimeSpan };

    public void Dispose() => _client.Dispose();

    [Fact]
    public async Task Lookup_OfSchemaOnServer_SendsPathAndApiKeyOnce()
    {
        await using var server = new RegistryServer(context => RegistryServer.Answer(context, 200, Schema));
        using var resolver = Resolver(server.Options);
        var lookups = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => resolver.LookupAsync(Key, CancellationToken.None).AsTask()));
        lookups.ShouldAllBe(lookup => lookup is SchemaLookup.Found);
        server.Requests.ShouldBe([("/registry/schemas/com.acme/checkout/jsonschema/1-0-0", "secret")]);
    }

    [Fact]
    public async Task Lookup_OfSchemaThatServerLacks_IsMissingAndNotAskedAgain()
    {
        await using var server = new RegistryServer(context => RegistryServer.Answer(context, 404, "no such schema"));
        using var resolver = Resolver(server.Options);
        for (var time = 0; time < 3; time++)
        {
            var missing = (await resolver.LookupAsync(Key, CancellationToken.None)).ShouldBeOfType<SchemaLookup.Missing>();
            missing.IsUnreachable.ShouldBeFalse();
            missing.History[1].Errors.ShouldBe([RegistryError.NotFound]);
        }

        server.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Lookup_WhoseClientGivesUpByItself_IsUnreachableAndTriedAgainLater()
    {
        var isSlow = true;
        await using var server = new RegistryServer(async context =>
        {
            if (isSlow) await Task.Delay(2000);
            await RegistryServer.Answer(context, 200, Schema);
        });
        using var client = new HttpClient { Timeout = TimeSpan.FromMilliseconds(200) };
        using var resolver = new IgluResolver(
            new IgluOptions { Registries = [server.Options], MaxWait = TimeSpan.FromMilliseconds(100), RequestTimeout = TimeSpan.FromMinutes(1), MinBackoff = TimeSpan.FromMilliseconds(1) },
            client,
            TimeProvider.System);
        (await resolver.LookupAsync(Key, CancellationToken.None)).ShouldBeOfType<SchemaLookup.Missing>().IsUnreachable.ShouldBeTrue();
        isSlow = false;
        await Task.Delay(50);
        (await resolver.LookupAsync(Key, CancellationToken.None)).ShouldBeOfType<SchemaLookup.Found>();
    }

    [Fact]
    public async Task Lookup_OfServerThatFlaps_FindsTheSchema()
    {
        var count = 0;
        await using var server = new RegistryServer(
            context => Interlocked.Increment(ref count) < 3
                ? RegistryServer.Answer(context, 503, "busy")
                : RegistryServer.Answer(context, 200, Schema));
        using var resolver = Resolver(server.Options);
        (await resolver.LookupAsync(Key, CancellationToken.None)).ShouldBeOfType<SchemaLookup.Found>();
        count.ShouldBe(3);
    }

    [Theory]
    [InlineData(500, "{}", "status 500")]
    [InlineData(403, "{}", "status 403")]
    [InlineData(200, "<html>Welcome to the hotel's network</html>", "no JSON object")]
    [InlineData(200, "", "no JSON object")]
    [InlineData(200, "[]", "no JSON object")]
    public async Task Lookup_OfServerThatAnswersBadly_IsUnreachableAndSaysHow(int status, string body, string expected)
    {
        await using var server = new RegistryServer(context => RegistryServer.Answer(context, status, body));
        using var resolver = ResolverThatGivesUpSoon(server.Options, TimeSpan.FromMinutes(1));
        var missing = (await resolver.LookupAsync(Key, CancellationToken.None)).ShouldBeOfType<SchemaLookup.Missing>();
        missing.IsUnreachable.ShouldBeTrue();
        missing.History[1].Attempts.ShouldBeGreaterThan(0);
        var error = missing.History[1].Errors.ShouldHaveSingleItem();
        error.Error.ShouldBe("RepoFailure");
        error.Message.ShouldNotBeNull().ShouldContain(expected);
    }

    [Fact]
    public async Task Lookup_OfSchemaThatIsTooLarge_IsUnreachable()
    {
        await using var server = new RegistryServer(
            context => RegistryServer.Answer(context, 200, $$"""{"description":"{{new string('x', 2_000_000)}}"}"""));
        using var resolver = ResolverThatGivesUpSoon(server.Options, TimeSpan.FromMinutes(1));
        var missing = (await resolver.LookupAsync(Key, CancellationToken.None)).ShouldBeOfType<SchemaLookup.Missing>();
        missing.History[1].Errors[0].Message.ShouldNotBeNull().ShouldContain("larger than");
    }

    [Fact]
    public async Task Lookup_OfServerThatHangs_EndsAndThenFailsFast()
    {
        await using var server = new RegistryServer(_ => Task.CompletedTask);
        using var resolver = ResolverThatGivesUpSoon(server.Options, TimeSpan.FromMilliseconds(100));
        var missing = (await resolver.LookupAsync(Key, CancellationToken.None)).ShouldBeOfType<SchemaLookup.Missing>();
        missing.IsUnreachable.ShouldBeTrue();
        missing.History[1].Errors[0].Message.ShouldNotBeNull().ShouldContain("No answer within");

        var requests = server.Requests.Count;
        var next = await resolver.LookupAsync(SchemaKey.Parse("iglu:com.acme/b/jsonschema/1-0-0"), CancellationToken.None);
        next.ShouldBeOfType<SchemaLookup.Missing>().History[1].Attempts.ShouldBe(0);
        server.Requests.Count.ShouldBe(requests);
    }

    [Fact]
    public async Task Lookup_OfServerThatIsDown_StillUsesTheOthers()
    {
        await using var server = new RegistryServer(context => RegistryServer.Answer(context, 200, Schema));
        var down = new RegistryOptions { Name = "Down", Uri = new Uri($"http://127.0.0.1:{RegistryServer.FreePort()}"), Priority = -1 };
        using var resolver = Resolver(down, server.Options);
        (await resolver.LookupAsync(Key, CancellationToken.None)).ShouldBeOfType<SchemaLookup.Found>();
    }

    [Fact]
    public async Task Lookup_WhenCancelled_EndsForThisCallerOnly()
    {
        var arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = new RegistryServer(async context =>
        {
            arrived.TrySetResult();
            await release.Task;
            await RegistryServer.Answer(context, 200, Schema);
        });
        using var resolver = Resolver(new IgluOptions { Registries = [server.Options], RequestTimeout = TimeSpan.FromMinutes(1) });
        using var cancellation = new CancellationTokenSource();
        var cancelled = resolver.LookupAsync(Key, cancellation.Token).AsTask();
        var patient = resolver.LookupAsync(Key, CancellationToken.None).AsTask();
        await arrived.Task;
        await cancellation.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(cancelled);
        release.SetResult();
        (await patient).ShouldBeOfType<SchemaLookup.Found>();
    }

    private IgluResolver Resolver(params RegistryOptions[] registries) => Resolver(new IgluOptions
        {
            Registries = registries,
            MaxWait = TimeSpan.FromMinutes(1),
            RequestTimeout = TimeSpan.FromMinutes(1),
        });

    private IgluResolver ResolverThatGivesUpSoon(RegistryOptions registry, TimeSpan requestTimeout) =>
        Resolver(new IgluOptions
        {
            Registries = [registry],
            MaxWait = TimeSpan.FromMilliseconds(300),
            RequestTimeout = requestTimeout,
            MinBackoff = TimeSpan.FromHours(1),
            MaxBackoff = TimeSpan.FromHours(1),
        });

    /// <summary>Times are far longer than a loaded machine needs, unless the test is about running out of time.</summary>
    private IgluResolver Resolver(IgluOptions options) => new(options, _client, TimeProvider.System);
}
