using System.Text;
using Snowplow.Enrich.Enrichments.Answers;
using Snowplow.Enrich.Enrichments.Configuration;
using Snowplow.Events.Iglu;

namespace Snowplow.Enrich.Enrichments.Sql;

/// <summary>What the rows of a query become (<c>parameters.output</c>).</summary>
/// <param name="Schema">The schema of the entities.</param>
/// <param name="NameStyle">See <see cref="PropertyNames"/>.</param>
/// <param name="ExpectedRows">One of <c>EXACTLY_ONE</c>, <c>AT_MOST_ONE</c>, <c>AT_LEAST_ONE</c>, <c>AT_LEAST_ZERO</c>.</param>
/// <param name="IsEveryRow">Whether each row is an entity; else they make one, whose data is a list, or the row where there can be but one.</param>
internal sealed record SqlOutput(SchemaKey Schema, string NameStyle, string ExpectedRows, bool IsEveryRow)
{
    private bool IsOneRow => ExpectedRows is "EXACTLY_ONE" or "AT_MOST_ONE";

    /// <summary>How many rows need to be read to know what becomes of them.</summary>
    public int RowsToRead => IsOneRow ? 2 : int.MaxValue;

    /// <summary>Reads <c>parameters.output</c>; null where it was refused.</summary>
    public static SqlOutput? Read(EnrichmentConfig config)
    {
        var output = config.Parameters.GetProperty("output");
        if (!output.TryGetProperty("json", out var json) || !output.TryGetProperty("expectedRows", out var expectedRows))
        {
            config.Refuse("output", "must have 'json' and 'expectedRows'");
            return null;
        }

        return new SqlOutput(
            SchemaKey.Parse(json.GetProperty("schema").GetString()!),
            json.GetProperty("propertyNames").GetString()!,
            expectedRows.GetString()!,
            json.GetProperty("describes").GetString() == "EVERY_ROW");
    }

    /// <summary>Makes the entities.</summary>
    /// <param name="rows">JSON of each row, an object.</param>
    public Answer From(IReadOnlyList<string> rows)
    {
        var isExpected = ExpectedRows switch
        {
            "EXACTLY_ONE" => rows.Count == 1,
            "AT_MOST_ONE" => rows.Count <= 1,
            "AT_LEAST_ONE" => rows.Count >= 1,
            _ => true,
        };
        if (!isExpected) return Answer.Failed($"the query gave {(rows.Count > 1 ? "several rows" : "no row")}, not {ExpectedRows}");
        if (rows.Count == 0) return new Answer([], null);
        IEnumerable<string> data = IsEveryRow || IsOneRow ? rows : [$"[{string.Join(',', rows)}]"];
        return new Answer([.. data.Select(json => new AnsweredEntity(Schema, Encoding.UTF8.GetBytes(json)))], null);
    }
}
