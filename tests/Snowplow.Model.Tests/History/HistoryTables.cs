using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Snowplow.Model.Rules;
using Snowplow.Model.Sessions;

namespace Snowplow.Model.Tests.History;

/// <summary>The tables under the rules of the histories, and which of their columns the oracle knows.</summary>
internal static class HistoryTables
{
    // What depends on how events came, not on what they are.
    private static readonly ImmutableHashSet<string> OfTheCourse =
        ["revision", "model_generation", "former_user_keys", "former_belongs_to", "merged_into", "inexact_columns"];

    /// <summary>The rules: small ones, in the file HistoryRules.json, so that SQL can say the same.</summary>
    public static ModelRules Rules { get; } = ModelRules.Parse(System.Text.Encoding.UTF8.GetBytes(TestResource.Text("HistoryRules.json")));

    /// <summary>The same rules with sessions cut otherwise.</summary>
    /// <param name="sessions">The member <c>sessions</c>.</param>
    public static ModelRules With(string sessions)
    {
        var rules = JsonNode.Parse(TestResource.Text("HistoryRules.json"), documentOptions: new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true })!;
        rules["sessions"] = JsonNode.Parse(sessions);
        return ModelRules.Parse(System.Text.Encoding.UTF8.GetBytes(rules.ToJsonString()));
    }

    /// <summary>All tables, with the columns of the rules' conversions.</summary>
    public static ImmutableArray<ModelTable> All { get; } =
    [
        .. ModelTables.All.Select(table =>
            table.Name == "sessions"
                ? table with { Columns = [.. table.Columns, .. Rules.Conversions.SelectMany(conversion => SessionColumns.Of(conversion))] }
                : table),
    ];

    /// <summary>The columns that are the same however events come.</summary>
    public static ImmutableArray<ModelColumn> Compared(ModelTable table) => [.. table.Columns.Where(column => !OfTheCourse.Contains(column.Name))];
}
