using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Snowplow.EndToEnd.Tests.Enriched;

/// <summary>What a column must hold: a given text, or what a description says of a generated one.</summary>
/// <param name="Description">Shown when the column holds something else.</param>
/// <param name="IsMet">Whether a column's text will do.</param>
internal sealed partial record Expected(string Description, Func<string, bool> IsMet)
{
    /// <summary>A random UUID in lower case.</summary>
    public static readonly Expected Uuid = new("a UUID in lower case", text => UuidPattern().IsMatch(text));

    /// <summary>A name and a version, such as <c>snowplow-0.1.0</c>.</summary>
    public static readonly Expected NameAndVersion = new("a name and a version", text => NameAndVersionPattern().IsMatch(text));

    /// <summary>A whole number that is not negative.</summary>
    public static readonly Expected Natural = new("a whole number", text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out _));

    /// <summary>Exactly this text.</summary>
    public static implicit operator Expected(string text) => new($"\"{text}\"", actual => actual == text);

    /// <summary>A timestamp from one moment to another, both included.</summary>
    public static Expected Time(DateTimeOffset from, DateTimeOffset to) =>
        new($"a time from {from:O} to {to:O}", text => text.Length == 23 && TsvEvent.ParseTime(text) is var time && time >= from && time <= to);

    /// <summary>A JSON document, compared by content; see <see cref="JsonPattern"/> for the generated values in it.</summary>
    public static Expected Json(string pattern)
    {
        var expected = JsonNode.Parse(pattern);
        return new(pattern, text => text.Length > 0 && JsonPattern.Matches(expected, JsonNode.Parse(text)));
    }

    /// <summary>The contexts column with these entities in this order.</summary>
    public static Expected Contexts(params string[] entities) =>
        Json($$"""{"schema":"iglu:com.snowplowanalytics.snowplow/contexts/jsonschema/1-0-1","data":[{{string.Join(',', entities)}}]}""");

    /// <summary>The unstruct_event column with this self-describing event.</summary>
    public static Expected SelfDescribing(string schema, string data) =>
        Json($$"""
            {"schema":"iglu:com.snowplowanalytics.snowplow/unstruct_event/jsonschema/1-0-0","data":{{Entity(schema, data)}}}
            """);

    /// <summary>A self-describing JSON, given what follows <c>iglu:</c> in its schema.</summary>
    public static string Entity(string schema, string data) => $$"""{"schema":"iglu:{{schema}}","data":{{data}}}""";

    [GeneratedRegex("^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$")]
    private static partial Regex UuidPattern();

    [GeneratedRegex(@"^[a-z][a-z0-9.-]*-\d+\.\d+\.\d+\S*$")]
    private static partial Regex NameAndVersionPattern();
}
