using Snowplow.Enrich;
using Snowplow.Enrich.Enrichments;
using Snowplow.Enrich.Iglu;
using Snowplow.Silo.Serve;

namespace Snowplow.Silo.EnrichFilter;

/// <summary>The stateless half of the platform by itself, without server, stream or storage: what commands enrich with.</summary>
internal sealed class EnrichStage : IDisposable
{
    private readonly HttpClient _http;

    private EnrichStage(EnrichOptions options, HttpClient http, IgluResolver resolver, SelfDescribingValidator validator, EnrichmentSet enrichments)
    {
        (Options, _http, Resolver, Validator, Enrichments) = (options, http, resolver, validator, enrichments);
    }

    /// <summary>The section <c>Enrich</c>.</summary>
    public EnrichOptions Options { get; }

    /// <summary>Finds schemas.</summary>
    public IgluResolver Resolver { get; }

    /// <summary>Validates self-describing JSON.</summary>
    public SelfDescribingValidator Validator { get; }

    /// <summary>The enrichments.</summary>
    public EnrichmentSet Enrichments { get; }

    /// <summary>Loads the enrichments by the configuration; this may download files.</summary>
    /// <exception cref="StartupException">The configuration is wrong.</exception>
    public static EnrichStage Load(PlatformOptions options, TimeProvider time)
    {
        var http = OutgoingHttp.NewClient();
        var resolver = new IgluResolver(options.Iglu, http, time);
        var validator = new SelfDescribingValidator(resolver);
        try
        {
            return new EnrichStage(options.Enrich, http, resolver, validator, EnrichmentSet.Load(options.Enrich, http, validator, time));
        }
        catch (Exception failure)
        {
            resolver.Dispose();
            http.Dispose();
            throw StartFailure.Explain(failure) ?? failure;
        }
    }

    /// <summary>A pipeline for one thread of work.</summary>
    /// <param name="time">The clock of <c>etl_tstamp</c>.</param>
    public EnrichPipeline NewPipeline(TimeProvider time) => new(Options, Enrichments, Validator, time);

    /// <inheritdoc/>
    public void Dispose()
    {
        Enrichments.Dispose();
        Resolver.Dispose();
        _http.Dispose();
    }
}
