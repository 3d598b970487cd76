using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;

namespace Snowplow.Silo.Tests.Simulate;

/// <summary>A request as the collector got it, and the events in it.</summary>
internal sealed record RecordedRequest(string Method, string Path, string Query, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    /// <summary>The parameters of each event.</summary>
    public IReadOnlyList<IReadOnlyDictionary<string, string>> Events { get; } = Decode(Method, Query, Body);

    /// <summary>Values of a base64 parameter in plain, without the wall-clock time in them; null where it is absent.</summary>
    public static string? Base64(IReadOnlyDictionary<string, string> parameters, string name) =>
        parameters.TryGetValue(name, out var value) ? Encoding.UTF8.GetString(WebEncoders.Base64UrlDecode(value)) : null;

    private static List<IReadOnlyDictionary<string, string>> Decode(string method, string query, byte[] body)
    {
        if (method == "GET")
            return [QueryHelpers.ParseQuery(query).ToDictionary(pair => pair.Key, pair => pair.Value.ToString())];
        using var json = JsonDocument.Parse(body);
        json.RootElement.GetProperty("schema").GetString().ShouldBe("iglu:com.snowplowanalytics.snowplow/payload_data/jsonschema/1-0-4");
        return [.. json.RootElement.GetProperty("data").EnumerateArray().Select(
            item => (IReadOnlyDictionary<string, string>)item.EnumerateObject().ToDictionary(p => p.Name, p => p.Value.GetString()!))];
    }
}
