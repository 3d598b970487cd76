using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;

namespace Snowplow.Silo.Tests.Kusto;

public sealed class KustoAccessTests
{
    [Theory]
    [InlineData("/v1/rest/query")]
    [InlineData("/v2/rest/query")]
    [InlineData("/v1/rest/mgmt")]
    public async Task Endpoint_WhenOthersCanReachIt_WantsTheKeyAsBearerToken(string path)
    {
        await using var server = await KustoServer.StartAsync("http://0.0.0.0:0");
        (await StatusAsync(null)).ShouldBe(HttpStatusCode.Unauthorized);
        (await StatusAsync("wrong")).ShouldBe(HttpStatusCode.Unauthorized);
        (await StatusAsync(KustoServer.Key)).ShouldBe(HttpStatusCode.OK);

        async Task<HttpStatusCode> StatusAsync(string? token)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(path, UriKind.Relative)) { Content = JsonContent.Create(new { db = "snowplow", csl = path.EndsWith("mgmt") ? ".show tables" : "print 1" }) };
            if (token is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
            using var response = await server.Http.SendAsync(request);
            return response.StatusCode;
        }
    }

    [Theory]
    [InlineData("http://127.0.0.1:0")]
    [InlineData("http://0.0.0.0:0")]
    public async Task AuthMetadata_IsThereForAllWhoAskBeforeTheyHaveAToken(string url)
    {
        await using var server = await KustoServer.StartAsync(url);
        (await server.Http.GetStringAsync(new Uri("/v1/rest/auth/metadata", UriKind.Relative))).ShouldStartWith("{\"AzureAD\":{\"LoginEndpoint\":");
    }
}
