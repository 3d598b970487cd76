using Snowplow.Enrich.Iglu;
using Snowplow.Events.Iglu;

namespace Snowplow.Enrich.Tests.Iglu;

/// <summary>Which versions of a schema the registries have.</summary>
public sealed class SchemaListTests : IDisposable
{
    private static readonly SchemaKey Key = SchemaKey.Parse("iglu:com.acme/order/jsonschema/1-0-9");

    private readonly RegistryFolder _folder = new();
    private readonly HttpClient _client = new();

    [Fact]
    public async Task List_OfFolderAndServer_HoldsEachVersionOfTheModelOnceInOrder()
    {
        foreach (var version in (string[])["1-0-10", "1-0-2", "1-1-0", "2-0-0"]) _folder.Add($"iglu:com.acme/order/jsonschema/{version}", "{}");
        await File.WriteAllTextAsync(Path.Combine(_folder.Path, "schemas", "com.acme", "order", "jsonschema", "README.md"), "");
        await using var server = new RegistryServer(context => RegistryServer.Answer(
            context, 200, """["iglu:com.acme/order/jsonschema/1-0-3","iglu:com.acme/order/jsonschema/1-0-2","iglu:com.acme/other/jsonschema/1-0-4",5]"""));
        (await ListAsync(Key, _folder.Options, server.Options)).ShouldBe(["1-0-2", "1-0-3", "1-0-10", "1-1-0"]);
        server.Requests.ShouldBe([("/registry/schemas/com.acme/order/jsonschema/1", "secret")]);
    }

    [Fact]
    public async Task List_OfBuiltInSchema_HoldsItsVersions() =>
        (await ListAsync(SchemaKey.Parse("iglu:com.snowplowanalytics.snowplow/contexts/jsonschema/1-0-9"))).ShouldBe(["1-0-0", "1-0-1"]);

    [Theory]
    [InlineData(404, "")]
    [InlineData(500, "[]")]
    [InlineData(200, "{}")]
    [InlineData(200, "<html>")]
    public async Task List_OfServerThatGivesNone_IsEmpty(int status, string body)
    {
        await using var server = new RegistryServer(context => RegistryServer.Answer(context, status, body));
        (await ListAsync(Key, server.Options)).ShouldBeEmpty();
    }

    private async Task<IEnumerable<string>> ListAsync(SchemaKey key, params RegistryOptions[] registries)
    {
        using var resolver = new IgluResolver(new IgluOptions { Registries = registries }, _client, TimeProvider.System);
        return (await resolver.ListAsync(key, CancellationToken.None)).Select(version => version.Version);
    }

    public void Dispose()
    {
        _client.Dispose();
        _folder.Dispose();
    }
}
