using System.Net;
using System.Text;

namespace Snowplow.Silo.Tests.Forget;

/// <summary>Events of two people: Ann with two devices, Bob with one.</summary>
internal static class People
{
    public static readonly Visit AnnAtHome = new("00000000-0000-4000-8000-0000000000a1", "ann-home", "5e550000-0000-4000-8000-0000000000a1", "ann@example.com", "203.0.113.77");

    public static readonly Visit AnnOnThePhone = new("00000000-0000-4000-8000-0000000000a2", "ann-phone", "5e550000-0000-4000-8000-0000000000a2", "ann@example.com", "203.0.113.78");

    public static readonly Visit Bob = new("00000000-0000-4000-8000-0000000000b1", "bob", "5e550000-0000-4000-8000-0000000000b1", null, "198.51.100.9");

    public static async Task SendAsync(HttpClient http, params Visit[] visits)
    {
        foreach (var visit in visits) await PostAsync(http, visit.ToString());
    }

    public static async Task PostAsync(HttpClient http, params string[] events)
    {
        using var content = new StringContent(
            $$"""{"schema":"iglu:com.snowplowanalytics.snowplow/payload_data/jsonschema/1-0-4","data":[{{string.Join(',', events)}}]}""", Encoding.UTF8, "application/json");
        using var response = await http.PostAsync("/com.snowplowanalytics.snowplow/tp2", content);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    /// <summary>A page view.</summary>
    internal sealed record Visit(string Id, string Device, string Session, string? Login, string Address)
    {
        public string Title { get; init; } = "Home";

        public override string ToString() =>
            $$"""{"e":"pv","eid":"{{Id}}","p":"web","tv":"t","duid":"{{Device}}","sid":"{{Session}}","ip":"{{Address}}",{{(Login is null ? "" : $"\"uid\":\"{Login}\",")}}"page":"{{Title}}","url":"https://shop.example/"}""";
    }
}
