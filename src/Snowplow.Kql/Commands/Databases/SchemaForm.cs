using Snowplow.Kql.Commands.Core;

namespace Snowplow.Kql.Commands.Databases;

/// <summary>How a command wants a schema.</summary>
/// <param name="IsJson">As one text of JSON, rather than a row a column.</param>
internal sealed record SchemaForm(bool IsJson)
{
    /// <summary>Takes <c>schema [as json]</c>; null where another thing stands here.</summary>
    public static SchemaForm? Read(CommandReader reader) => reader.TryWord("schema") ? new SchemaForm(TryAsJson(reader)) : null;

    /// <summary>Takes <c>as json</c>.</summary>
    public static bool TryAsJson(CommandReader reader)
    {
        if (!reader.TryWord("as")) return false;
        reader.Word("json");
        return true;
    }

    /// <summary>The schema of the database.</summary>
    public ResultTable Of(CommandRun run) => IsJson ? CommandRows.OfTexts(["DatabaseSchema"], [[DatabaseSchema.Json(run)]]) : DatabaseSchema.Rows(run.Database);
}
