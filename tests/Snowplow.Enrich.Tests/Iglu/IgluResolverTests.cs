using Snowplow.Enrich.Iglu;
using Snowplow.Events.Iglu;

namespace Snowplow.Enrich.Tests.Iglu;

/// <summary>The resolver over folders and a clock moved by hand. A folder that is gone is an unreachable registry.</summary>
public sealed class IgluResolverTests : IDisposable
{
    private const string CheckoutUri = "iglu:com.acme/checkout/jsonschema/1-0-0";

    private readonly ManualTime _time = new();
    private readonly RegistryFolder _folder = new();
    private readonly HttpClient _client = new();

    public void Dispose()
    {
        _folder.Dispose();
        _client.Dispose();
    }

    [Fact]
    public async Task Lookup_OfBuiltInSchema_FindsItWithoutAnyRegistry()
    {
        using var resolver = Resolver();
        var key = SchemaKey.Parse("iglu:com.snowplowanalytics.snowplow/web_page/jsonschema/1-0-0");
        (await LookupAsync(resolver, key)).ShouldBeOfType<SchemaLookup.Found>();
    }

    [Fact]
    public async Task Lookup_OfSchemaInFolder_FindsItAndThenCompletesAtOnce()
    {
        var key = _folder.Add(CheckoutUri, """{"type":"object"}""");
        using var resolver = Resolver(_folder.Options);
        resolver.TryGetCached(key.Utf8Uri, out _, out _).ShouldBeFalse();
        var found = (await LookupAsync(resolver, key)).ShouldBeOfType<SchemaLookup.Found>();

        resolver.TryGetCached(key.Utf8Uri, out var cachedKey, out var cached).ShouldBeTrue();
        cachedKey.ShouldBe(key);
        cached.ShouldBeSameAs(found);
        resolver.LookupAsync(key, CancellationToken.None).AsTask().IsCompletedSuccessfully.ShouldBeTrue();
    }

    [Fact]
    public async Task TryGetCached_OfKnownSchema_AllocatesNothing()
    {
        var key = _folder.Add(CheckoutUri, "{}");
        using var resolver = Resolver(_folder.Options);
        await LookupAsync(resolver, key);
        CountHits(resolver, key.Utf8Uri.ToArray(), 100);
        var before = GC.GetAllocatedBytesForCurrentThread();
        CountHits(resolver, key.Utf8Uri.ToArray(), 1000).ShouldBe(1000);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(1000);
    }

    [Fact]
    public async Task Lookup_OfUnknownSchema_IsMissingWithOneEntryPerRegistry()
    {
        _folder.Add("iglu:com.acme/other/jsonschema/1-0-0", "{}");
        using var resolver = Resolver(_folder.Options);
        var missing = (await LookupAsync(resolver, SchemaKey.Parse(CheckoutUri))).ShouldBeOfType<SchemaLookup.Missing>();
        missing.IsUnreachable.ShouldBeFalse();
        missing.History.Select(entry => (entry.Repository, entry.Errors.Single().Error, entry.Attempts))
            .ShouldBe([("Built-in", "NotFound", 1), ("Folder", "NotFound", 1)]);
    }

    [Fact]
    public async Task Lookup_OfSchemaAddedLater_FindsItWhenNotFoundHasExpired()
    {
        _folder.Add("iglu:com.acme/other/jsonschema/1-0-0", "{}");
        using var resolver = Resolver(_folder.Options);
        var key = SchemaKey.Parse(CheckoutUri);
        await LookupAsync(resolver, key);
        _folder.Add(CheckoutUri, "{}");
        (await LookupAsync(resolver, key)).ShouldBeOfType<SchemaLookup.Missing>();
        _time.Advance(TimeSpan.FromMinutes(1));
        (await LookupAsync(resolver, key)).ShouldBeOfType<SchemaLookup.Found>();
    }

    [Fact]
    public async Task Lookup_OfSchemaOverItsAge_UsesTheOldOneUntilTheNewOneIsThere()
    {
        var key = _folder.Add(CheckoutUri, """{"type":"string"}""");
        using var resolver = Resolver(_folder.Options);
        var old = (await LookupAsync(resolver, key)).ShouldBeOfType<SchemaLookup.Found>();
        _folder.Add(CheckoutUri, """{"type":"object"}""");
        (await LookupAsync(resolver, key)).ShouldBeSameAs(old);

        _time.Advance(TimeSpan.FromMinutes(10));
        (await LookupAsync(resolver, key)).ShouldBeSameAs(old);
        var renewed = await UntilAsync(resolver, key, lookup => lookup != old);
        renewed.ShouldBeOfType<SchemaLookup.Found>().Schema.IsValid("{}"u8).ShouldBeTrue();
    }

    [Fact]
    public async Task Lookup_WithRegistryGone_KeepsTheSchemaItHas()
    {
        var key = _folder.Add(CheckoutUri, "{}");
        using var resolver = Resolver(_folder.Options);
        var found = await LookupAsync(resolver, key);
        _folder.SetReachable(false);
        for (var round = 0; round < 5; round++)
        {
            _time.Advance(TimeSpan.FromMinutes(10));
            (await LookupAsync(resolver, key)).ShouldBeSameAs(found);
            await _time.RunAsync(resolver.LookupAsync(SchemaKey.Parse($"iglu:com.acme/x/jsonschema/1-0-{round}"), CancellationToken.None));
        }
    }

    [Fact]
    public async Task Lookup_OfUnreachableRegistry_TriesForABoundedTimeAndThenFailsFast()
    {
        using var resolver = Resolver(_folder.Options);
        var start = _time.GetUtcNow();
        var first = (await LookupAsync(resolver, SchemaKey.Parse(CheckoutUri))).ShouldBeOfType<SchemaLookup.Missing>();
        first.IsUnreachable.ShouldBeTrue();
        first.History[1].Errors.Single().Error.ShouldBe("ClientFailure");
        first.History[1].Attempts.ShouldBeGreaterThan(3);
        (_time.GetUtcNow() - start).ShouldBeInRange(TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(5));

        var failedAt = _time.GetUtcNow();
        var second = (await LookupAsync(resolver, SchemaKey.Parse("iglu:com.acme/b/jsonschema/1-0-0"))).ShouldBeOfType<SchemaLookup.Missing>();
        second.IsUnreachable.ShouldBeTrue();
        second.History[1].Attempts.ShouldBe(0);
        second.History[1].Errors.ShouldBe(first.History[1].Errors);
        _time.GetUtcNow().ShouldBe(failedAt);
    }

    [Fact]
    public async Task Lookup_OfRegistryThatReturns_FindsTheSchemaAfterThePause()
    {
        var key = _folder.Add(CheckoutUri, "{}");
        _folder.SetReachable(false);
        using var resolver = Resolver(_folder.Options);
        (await LookupAsync(resolver, key)).ShouldBeOfType<SchemaLookup.Missing>();
        _folder.SetReachable(true);
        (await LookupAsync(resolver, key)).ShouldBeOfType<SchemaLookup.Missing>();
        _time.Advance(TimeSpan.FromSeconds(5));
        (await LookupAsync(resolver, key)).ShouldBeOfType<SchemaLookup.Found>();
    }

    [Fact]
    public async Task Lookup_OfRegistryThatStaysAway_TriesOnceAfterEachPauseWhichDoubles()
    {
        using var resolver = Resolver(_folder.Options);
        await LookupAsync(resolver, SchemaKey.Parse(CheckoutUri));
        foreach (var (pauseSeconds, attempts) in new[] { (5, 1), (5, 0), (5, 1), (19, 0), (1, 1) })
        {
            _time.Advance(TimeSpan.FromSeconds(pauseSeconds));
            var missing = (await LookupAsync(resolver, SchemaKey.Parse(CheckoutUri))).ShouldBeOfType<SchemaLookup.Missing>();
            missing.History[1].Attempts.ShouldBe(attempts);
        }
    }

    [Fact]
    public async Task Lookup_OfDocumentThatIsNoSchema_SaysWhy()
    {
        var key = _folder.Add(CheckoutUri, """{"type":"nothing"}""");
        using var resolver = Resolver(_folder.Options);
        (await LookupAsync(resolver, key)).ShouldBeOfType<SchemaLookup.Unusable>().Issues.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Lookup_WithVendorOfDots_DoesNotLeaveTheFolder()
    {
        _folder.Add(CheckoutUri, "{}");
        Directory.CreateDirectory(Path.Combine(_folder.Path, "x", "jsonschema"));
        await File.WriteAllTextAsync(Path.Combine(_folder.Path, "x", "jsonschema", "1-0-0"), "{}");
        using var resolver = Resolver(_folder.Options);
        (await LookupAsync(resolver, SchemaKey.Parse("iglu:../x/jsonschema/1-0-0"))).ShouldBeOfType<SchemaLookup.Missing>();
    }

    [Fact]
    public async Task Lookup_OfManyMadeUpSchemas_DoesNotDriveOutRealOnes()
    {
        var key = _folder.Add(CheckoutUri, "{}");
        using var resolver = Resolver(new IgluOptions { Registries = [_folder.Options], CacheSize = 4 });
        var found = await LookupAsync(resolver, key);
        for (var number = 0; number < 50; number++)
            await LookupAsync(resolver, SchemaKey.Parse($"iglu:com.acme/made_up/jsonschema/1-0-{number}"));
        resolver.TryGetCached(key.Utf8Uri, out _, out var cached).ShouldBeTrue();
        cached.ShouldBeSameAs(found);
    }

    [Fact]
    public async Task Cache_OverItsSize_ForgetsTheSchemaNotUsedForLongest()
    {
        var keys = Enumerable.Range(0, 3).Select(number => _folder.Add($"iglu:com.acme/a/jsonschema/1-0-{number}", "{}")).ToList();
        using var resolver = Resolver(new IgluOptions { Registries = [_folder.Options], CacheSize = 2 });
        foreach (var key in new[] { keys[0], keys[1], keys[0], keys[2] })
        {
            await LookupAsync(resolver, key);
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        keys.Select(key => resolver.TryGetCached(key.Utf8Uri, out _, out _)).ShouldBe([true, false, true]);
    }

    [Fact]
    public async Task Lookup_InSeveralRegistries_AsksByVendorThenPriority()
    {
        using var acme = new RegistryFolder();
        using var first = new RegistryFolder();
        acme.Add(CheckoutUri, "{}");
        first.Add(CheckoutUri, "{}");
        using var resolver = Resolver(
            new RegistryOptions { Name = "second", Folder = _folder.Path, Priority = 2 },
            new RegistryOptions { Name = "first", Folder = first.Path, Priority = 1 },
            new RegistryOptions { Name = "acme", Folder = acme.Path, Priority = 9, VendorPrefixes = ["com.ac"] });
        _folder.Add(CheckoutUri, "{}");
        var missing = await LookupAsync(resolver, SchemaKey.Parse("iglu:com.acme/b/jsonschema/1-0-0"));
        missing.ShouldBeOfType<SchemaLookup.Missing>().History.Select(entry => entry.Repository)
            .ShouldBe(["Built-in", "acme", "first", "second"]);
    }

    [Theory]
    [InlineData("", "folder", null, "no name")]
    [InlineData("a", null, null, "either a folder or a URI")]
    [InlineData("a", "folder", "http://example.com", "either a folder or a URI")]
    [InlineData("a", null, "ftp://example.com", "no http or https address")]
    public void Resolver_WithWrongConfiguration_NamesWhatIsWrong(string name, string? folder, string? uri, string expected)
    {
        var registry = new RegistryOptions { Name = name, Folder = folder, Uri = uri is null ? null : new Uri(uri) };
        Should.Throw<ArgumentException>(() => Resolver(registry)).Message.ShouldContain(expected);
    }

    private static int CountHits(IgluResolver resolver, byte[] uri, int times)
    {
        var hits = 0;
        for (var time = 0; time < times; time++)
            hits += resolver.TryGetCached(uri, out _, out _) ? 1 : 0;
        return hits;
    }

    private IgluResolver Resolver(params RegistryOptions[] registries) => Resolver(new IgluOptions { Registries = registries });

    private IgluResolver Resolver(IgluOptions options) => new(options, _client, _time);

    private Task<SchemaLookup> LookupAsync(IgluResolver resolver, SchemaKey key) =>
        _time.RunAsync(resolver.LookupAsync(key, CancellationToken.None));

    /// <summary>Looks up until the result of a refresh in the background is there.</summary>
    private async Task<SchemaLookup> UntilAsync(IgluResolver resolver, SchemaKey key, Func<SchemaLookup, bool> isExpected)
    {
        while (true)
        {
            var lookup = await LookupAsync(resolver, key);
            if (isExpected(lookup))
                return lookup;
            await Task.Yield();
        }
    }
}
