using System.Text.Json;
using System.Text.Json.Nodes;
using Snowplow.EndToEnd.Tests.Harness;
using Snowplow.EndToEnd.Tests.Trackers;

namespace Snowplow.EndToEnd.Tests.Kusto;

/// <summary>Microsoft's client for Node.js, in a process of its own.</summary>
internal static class KustoClient
{
    /// <summary>Asks a server and gives what the client gave for each request, in their order.</summary>
    /// <param name="cluster">The server.</param>
    /// <param name="requests">As <c>clients/node/kusto.js</c> reads them.</param>
    public static async Task<IReadOnlyList<JsonNode>> AskAsync(Uri cluster, params object[] requests)
    {
        await NodeClients.InstallAsync();
        var output = await ChildProcess.RunAsync(
            "node", [Path.Combine("node", "kusto.js"), cluster.GetLeftPart(UriPartial.Authority), JsonSerializer.Serialize(requests)], Built.Clients, Eventually.Patience);
        return [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!)];
    }

    /// <summary>The rows of an answer's results, as JSON.</summary>
    public static IEnumerable<string> Rows(this JsonNode answer)
    {
        answer["error"].ShouldBeNull();
        return answer["results"]!.AsArray().Select(result => result!["rows"]!.ToJsonString(Plain));
    }

    private static readonly JsonSerializerOptions Plain = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
