using Snowplow.Kql.Binding;
using Snowplow.Kql.Commands.Core;
using Snowplow.Kql.Data;
using Snowplow.Kql.Syntax;

namespace Snowplow.Kql.Commands.Policies;

/// <summary>A policy of Data Explorer. The embedded engine keeps and shows it; one that would change the results of queries is refused.</summary>
/// <param name="Name">The name in commands: <c>retention</c>.</param>
/// <param name="KustoName">The name in answers: <c>RetentionPolicy</c>.</param>
/// <param name="ReadWords">Reads what may stand in the place of JSON, and gives what it sets; null where nothing may.</param>
/// <param name="ChangesResults">Whether the policy, as it is, would change results here.</param>
internal sealed record PolicyKind(string Name, string KustoName, Func<CommandReader, Bag>? ReadWords, Func<object?, bool> ChangesResults)
{
    private static readonly PolicyKind[] All =
    [
        new("auto_delete", "AutoDeletePolicy", null, value => true),
        new("caching", "CachingPolicy", ReadCaching, Harmless),
        new("encoding", "EncodingPolicy", null, Harmless),
        new("extent_tags_retention", "ExtentTagsRetentionPolicy", null, Harmless),
        new("ingestionbatching", "IngestionBatchingPolicy", null, Harmless),
        new("ingestiontime", "IngestionTimePolicy", ReadEnabled, Harmless),
        new("merge", "MergePolicy", null, Harmless),
        new("partitioning", "PartitioningPolicy", null, Harmless),
        new("restricted_view_access", "RestrictedViewAccessPolicy", ReadEnabled, IsEnabled),
        new("retention", "RetentionPolicy", ReadRetention, Harmless),
        new("row_level_security", "RowLevelSecurityPolicy", ReadEnabled, IsEnabled),
        new("roworder", "RowOrderPolicy", null, Harmless),
        new("sharding", "ShardingPolicy", null, Harmless),
        new("streamingingestion", "StreamingIngestionPolicy", ReadEnabled, Harmless),
        new("update", "UpdatePolicy", null, Harmless),
    ];

    /// <summary>The policy that is named here.</summary>
    public static PolicyKind Read(CommandReader reader)
    {
        foreach (var kind in All)
            if (reader.TryWord(kind.Name)) return kind;
        throw reader.Parser.Expected($"a policy ({string.Join(", ", All.Select(kind => kind.Name))})");
    }

    /// <summary>What a command sets: JSON in quotes, or words.</summary>
    public Bag ReadValue(CommandReader reader)
    {
        var start = reader.Parser.Current;
        if (start.Kind != TokenKind.Text && ReadWords is { } words) return Checked(words(reader), start);
        var text = reader.Literals("the policy, as JSON in quotes");
        if (text == "null") return [];
        if (!DynamicJson.TryParse(System.Text.Encoding.UTF8.GetBytes(text), out var value)) throw Parser.Fail($"The {Name} policy is no JSON", start.Span);
        return value switch
        {
            Bag bag => Checked(bag, start),
            // An update policy is a list; it is kept as one property, and shown as it is.
            object?[] list when Name is "update" or "roworder" or "extent_tags_retention" => Checked(new Bag { [""] = list }, start),
            _ => throw Parser.Fail($"The {Name} policy must be a JSON object", start.Span),
        };
    }

    /// <summary>A policy as JSON.</summary>
    public static string Text(Bag policy) => DynamicJson.Text(policy.TryGetValue("", out var list) ? list : policy);

    private static bool Harmless(object? value) => false;

    private static bool IsEnabled(object? value) => value is Bag bag && bag.Any(property => property.Key.Equals("IsEnabled", StringComparison.OrdinalIgnoreCase) && property.Value is true);

    private static Bag ReadEnabled(CommandReader reader)
    {
        var isEnabled = reader.Word("enable", "disable") == "enable";
        var bag = new Bag { ["IsEnabled"] = isEnabled };
        if (reader.Parser.Current.Kind == TokenKind.Text) bag["Query"] = reader.Literal("a query");
        return bag;
    }

    private static Bag ReadRetention(CommandReader reader)
    {
        var bag = new Bag();
        while (reader.Parser.IsAt("softdelete") || reader.Parser.IsAt("recoverability"))
        {
            if (reader.Word("softdelete", "recoverability") == "softdelete") bag["SoftDeletePeriod"] = Span(reader);
            else
            {
                reader.Parser.Expect("=");
                bag["Recoverability"] = reader.Word("enabled", "disabled") == "enabled" ? "Enabled" : "Disabled";
            }
        }

        return bag.Count > 0 ? bag : throw reader.Parser.Expected("JSON in quotes, 'softdelete =' or 'recoverability ='");
    }

    private static Bag ReadCaching(CommandReader reader)
    {
        reader.Word("hot");
        var span = Span(reader);
        return new Bag { ["DataHotSpan"] = span, ["IndexHotSpan"] = span };
    }

    private static string Span(CommandReader reader)
    {
        reader.Parser.Expect("=");
        if (reader.Parser.Current is not { Kind: TokenKind.Literal, Value.Value: TimeSpan span }) throw reader.Parser.Expected("a timespan such as 30d");
        reader.Parser.Next();
        return DynamicValue.Text(span);
    }

    private Bag Checked(Bag policy, Token start) =>
        ChangesResults(policy) ? throw BindFailure.NotSupported($"the policy {Name}, which would change the results of queries", start.Span) : policy;
}
