using System.Text;
using Snowplow.Enrich.Iglu;
using Snowplow.Events.Iglu;

namespace Snowplow.Enrich.Tests.Iglu;

/// <summary>Events with made-up schema names cannot hold up the others.</summary>
public sealed class VainLookupTests : IDisposable
{
    private const string Contexts = "iglu:com.snowplowanalytics.snowplow/contexts/jsonschema/1-0-";

    private readonly ManualTime _time = new();
    private readonly HttpClient _client = new();

    public void Dispose() => _client.Dispose();

    [Fact]
    public async Task Lookup_WhenTheTimeForVainOnesIsUsedUp_AsksNobodyAndCanBeReplayed()
    {
        await using var server = SlowServer();
        using var folder = new RegistryFolder();
        var local = folder.Add("iglu:com.acme/local/jsonschema/1-0-0", "{}");
        using var resolver = Resolver(folder.Options, server.Options);
        // Each takes a second and a sixth of it comes back meanwhile.
        for (var number = 0; number < 13; number++)
            (await LookupAsync(resolver, $"iglu:com.acme/x/jsonschema/1-0-{number}")).ShouldBeOfType<SchemaLookup.Missing>().IsUnreachable.ShouldBeFalse();

        var missing = (await LookupAsync(resolver, "iglu:com.acme/x/jsonschema/1-0-13")).ShouldBeOfType<SchemaLookup.Missing>();
        missing.IsUnreachable.ShouldBeTrue();
        missing.History.Select(entry => entry.Attempts).ShouldBe([1, 1, 0]);
        missing.History[2].Errors.ShouldHaveSingleItem().Message.ShouldNotBeNull().ShouldContain("Not asked");
        server.Requests.Count.ShouldBe(13);
        (await LookupAsync(resolver, local.ToUri())).ShouldBeOfType<SchemaLookup.Found>();

        _time.Advance(TimeSpan.FromSeconds(7));
        (await LookupAsync(resolver, "iglu:com.acme/x/jsonschema/1-0-13")).ShouldBeOfType<SchemaLookup.Missing>().IsUnreachable.ShouldBeFalse();
        (await LookupAsync(resolver, "iglu:com.acme/x/jsonschema/1-0-14")).ShouldBeOfType<SchemaLookup.Missing>().IsUnreachable.ShouldBeTrue();
    }

    [Fact]
    public async Task Lookup_ThatFinds_UsesUpNothing()
    {
        await using var server = SlowServer(status: 200);
        using var resolver = Resolver(server.Options);
        for (var number = 0; number < 30; number++)
            (await LookupAsync(resolver, $"iglu:com.acme/x/jsonschema/1-0-{number}")).ShouldBeOfType<SchemaLookup.Found>();
    }

    [Fact]
    public async Task Contexts_OfManyUnknownSchemas_AreLookedUpAtOnceUpToABound()
    {
        var (now, most) = (0, 0);
        await using var server = new RegistryServer(async context =>
        {
            var running = Interlocked.Increment(ref now);
            for (var seen = Volatile.Read(ref most); running > seen && Interlocked.CompareExchange(ref most, running, seen) != seen; seen = Volatile.Read(ref most))
            {
            }

            await Task.Delay(20);
            Interlocked.Decrement(ref now);
            await RegistryServer.Answer(context, 404, "");
        });
        using var resolver = new IgluResolver(new IgluOptions { Registries = [server.Options], RequestTimeout = TimeSpan.FromMinutes(1) }, _client, TimeProvider.System);
        var items = new List<SelfDescribingOutcome>();
        var list = string.Join(',', Enumerable.Range(0, 60).Select(number => $$"""{"schema":"iglu:com.acme/x/jsonschema/1-0-{{number % 30}}","data":{} }"""));
        await new SelfDescribingValidator(resolver).ValidateNestedListAsync(
            Encoding.UTF8.GetBytes($$"""{"schema":"{{Contexts}}1","data":[{{list}}]}"""), SchemaCriterion.Parse(Contexts + "*"), items, CancellationToken.None);

        items.ShouldAllBe(item => item.Failure is IgluFailure.Resolution);
        items.Count.ShouldBe(60);
        server.Requests.Count.ShouldBe(30);
        most.ShouldBeInRange(2, 9);
    }

    // A second goes by with every answer.
    private RegistryServer SlowServer(int status = 404) => new(context =>
    {
        _time.Advance(TimeSpan.FromSeconds(1));
        return RegistryServer.Answer(context, status, "{}");
    });

    private IgluResolver Resolver(params RegistryOptions[] registries) =>
        new(new IgluOptions { Registries = registries, RequestTimeout = TimeSpan.FromMinutes(10), MaxVainWait = TimeSpan.FromSeconds(10.5) }, _client, _time);

    private static Task<SchemaLookup> LookupAsync(IgluResolver resolver, string uri) =>
        resolver.LookupAsync(SchemaKey.Parse(uri), CancellationToken.None).AsTask();
}
