using Snowplow.Enrich.Iglu;
using Snowplow.Enrich.Tests.Iglu;
using Snowplow.Enrich.Tests.Pipeline;
using Snowplow.Events.Collector;

namespace Snowplow.Enrich.Tests.Enrichments;

/// <summary>
/// Events with entities of a company of its own, whose schemas <c>com.acme/{user,order,reply}/jsonschema/1-0-0</c> take any object
/// without a member <c>wrong</c>; <c>com.acme/mail/jsonschema/1-0-0</c> wants a <c>mail</c> of at most 20 characters.
/// </summary>
internal sealed class AcmeEvents : IDisposable
{
    private readonly RegistryFolder _schemas = new();

    public AcmeEvents()
    {
        foreach (var name in (string[])["user", "order", "reply"])
        {
            _schemas.Add($"iglu:com.acme/{name}/jsonschema/1-0-0", $$$"""
                {"self":{"vendor":"com.acme","name":"{{{name}}}","format":"jsonschema","version":"1-0-0"},"type":"object","not":{"required":["wrong"]}}
                """);
        }

        _schemas.Add("iglu:com.acme/mail/jsonschema/1-0-0", """{"type":"object","properties":{"mail":{"type":"string","maxLength":20}},"required":["mail"]}""");
    }

    public IgluOptions Iglu => new() { Registries = [_schemas.Options] };

    /// <summary>An order as a self-describing event, with users as contexts.</summary>
    /// <param name="order">The order's data; null for a page view.</param>
    /// <param name="users">The users' data.</param>
    public static CollectorPayload Payload(string? order, params string[] users)
    {
        var parameters = new List<(string, string)> { ("e", order is null ? "pv" : "ue"), ("aid", "shop"), ("uid", "u-1"), ("tr_tt", "12.50"), ("tid", "7"), ("cookie", "1") };
        if (order is not null)
            parameters.Add(("ue_pr", $$"""{"schema":"iglu:com.snowplowanalytics.snowplow/unstruct_event/jsonschema/1-0-0","data":{{Entity("order", order)}}}"""));
        if (users.Length > 0)
            parameters.Add(("co", $$"""{"schema":"iglu:com.snowplowanalytics.snowplow/contexts/jsonschema/1-0-1","data":[{{string.Join(',', users.Select(user => Entity("user", user)))}}]}"""));
        return Harness.PostPageView([.. parameters]);
    }

    public static string Entity(string name, string data) => $$"""{"schema":"iglu:com.acme/{{name}}/jsonschema/1-0-0","data":{{data}}}""";

    public void Dispose() => _schemas.Dispose();
}
