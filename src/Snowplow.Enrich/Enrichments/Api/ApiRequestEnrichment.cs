using System.Text.Json;
using Snowplow.Enrich.Enrichments.Answers;
using Snowplow.Enrich.Enrichments.Configuration;
using Snowplow.Enrich.Enrichments.Inputs;

namespace Snowplow.Enrich.Enrichments.Api;

/// <summary>
/// Asks an HTTP service about the event and adds its answer as entities (<c>api_request_enrichment_config</c>). Events that lack a
/// value for the address are not asked about.
/// </summary>
internal sealed class ApiRequestEnrichment(EventInputs inputs, UriTemplate template, ApiService service, AnswerCache cache, AnswerOutput output)
    : IEnrichmentStep
{
    /// <summary>Reads <c>api_request_enrichment_config</c>. All pipelines share the answers.</summary>
    public static Func<IEnrichmentStep>? Read(EnrichmentConfig config, EnrichmentEnvironment environment)
    {
        var inputs = EventInputs.Read(config, "key");
        var outputs = ApiOutput.Read(config);
        var http = config.Parameters.GetProperty("api").GetProperty("http");
        var address = http.GetProperty("uri").GetString()!;
        var template = new UriTemplate(address);
        var filled = template.Fill(template.Keys.ToDictionary(key => key, _ => new InputValue("x")));
        if (!Uri.TryCreate(filled, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
        {
            config.Refuse("api.http.uri", $"'{address}' is no http or https address");
            return null;
        }

        if (inputs is null || outputs is null) return null;
        if (template.Keys.Except(inputs.Keys).FirstOrDefault() is { } unknown)
        {
            config.Refuse("api.http.uri", $"has a place for '{unknown}', which is no key of an input");
            return null;
        }

        var service = new ApiService(http, outputs, environment.Http);
        var cache = AnswerCache.Read(config, environment.Time);
        return () => new ApiRequestEnrichment(inputs, template, service, cache, AnswerOutput.Read(config));
    }

    /// <inheritdoc/>
    public async ValueTask EnrichAsync(EventInProgress e, CancellationToken cancellationToken)
    {
        var values = inputs.ValuesIn(e);
        if (template.Fill(values) is not { } address) return;
        var body = service.HasBody ? JsonSerializer.Serialize(values.ToDictionary(pair => pair.Key, pair => pair.Value.Text)) : null;
        output.Add(e, await cache.GetAsync($"{address} {body}", () => service.AskAsync(address, body), cancellationToken));
    }
}
