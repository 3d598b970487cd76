using System.Text.Json;
using Snowplow.Enrich.Enrichments.Configuration;
using Snowplow.Events.BadRows;

namespace Snowplow.Enrich.Enrichments.Answers;

/// <summary>What becomes of an answer: entities of the event, or a failure of it unless failures are to be ignored.</summary>
internal sealed class AnswerOutput
{
    private readonly (string, string) _id;
    private readonly bool _ignoresFailures;

    private AnswerOutput((string SchemaUri, string Identifier) id, bool ignoresFailures)
    {
        _id = id;
        _ignoresFailures = ignoresFailures;
    }

    /// <summary>Reads <c>parameters.ignoreOnError</c>.</summary>
    public static AnswerOutput Read(EnrichmentConfig config) =>
        new(config.Id, config.Parameters.TryGetProperty("ignoreOnError", out var ignore) && ignore.ValueKind == JsonValueKind.True);

    /// <summary>Adds an answer to the event.</summary>
    public void Add(EventInProgress e, Answer answer)
    {
        foreach (var entity in answer.Entities) e.DerivedContexts.Add(entity.Schema.Utf8Uri, entity.Data);
        if (answer.Failure is { } why && !_ignoresFailures) e.FailEnrichment(_id, new ErrorMessage(why));
    }
}
