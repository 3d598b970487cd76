using System.Globalization;
using System.Text.Json;
using Snowplow.Enrich.Enrichments.Answers;
using Snowplow.Enrich.Enrichments.Configuration;
using Snowplow.Enrich.Enrichments.Inputs;

namespace Snowplow.Enrich.Enrichments.Sql;

/// <summary>
/// Asks a database about the event and adds the rows as entities (<c>sql_query_enrichment_config</c>). Events that lack a value for a
/// placeholder are not asked about.
/// </summary>
internal sealed class SqlQueryEnrichment(EventInputs inputs, IReadOnlyList<string> placeholders, SqlQuery query, AnswerCache cache, AnswerOutput output)
    : IEnrichmentStep
{
    /// <summary>Reads <c>sql_query_enrichment_config</c>. All pipelines share the answers and the connections.</summary>
    public static Func<IEnrichmentStep>? Read(EnrichmentConfig config, EnrichmentEnvironment environment)
    {
        var inputs = EventInputs.Read(config, "placeholder");
        var output = SqlOutput.Read(config);
        if (inputs is null || output is null) return null;

        if (SqlDatabase.Read(config) is not { } database) return null;
        environment.Own(database.Source);
        var text = config.Parameters.GetProperty("query").GetProperty("sql").GetString()!;
        var sql = SqlText.NamePlaceholders(text, database.Placeholder, out var count);
        string[] placeholders = [.. Enumerable.Range(1, count).Select(number => number.ToString(CultureInfo.InvariantCulture))];
        if (!placeholders.ToHashSet().SetEquals(inputs.Keys))
        {
            config.Refuse("query.sql", $"has {count} placeholders '?', so the inputs must have the placeholders 1 to {count}, each at least once");
            return null;
        }

        var query = environment.Own(new SqlQuery(database, sql, output));
        var cache = AnswerCache.Read(config, environment.Time);
        return () => new SqlQueryEnrichment(inputs, placeholders, query, cache, AnswerOutput.Read(config));
    }

    /// <inheritdoc/>
    public async ValueTask EnrichAsync(EventInProgress e, CancellationToken cancellationToken)
    {
        var values = inputs.ValuesIn(e);
        if (values.Count < placeholders.Count) return;
        InputValue[] inOrder = [.. placeholders.Select(placeholder => values[placeholder])];
        var question = JsonSerializer.Serialize(inOrder);
        output.Add(e, await cache.GetAsync(question, () => query.AskAsync(inOrder), cancellationToken));
    }
}
