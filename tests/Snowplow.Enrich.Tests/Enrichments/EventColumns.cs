using System.Text.Json;
using Snowplow.Events.Enriched;

namespace Snowplow.Enrich.Tests.Enrichments;

/// <summary>Looks into enriched events.</summary>
internal static class EventColumns
{
    /// <summary>Checks columns: <c>name=text</c> pairs with spaces between; a middle dot stands for a space within a text.</summary>
    public static void ShouldHave(this EnrichedEvent e, string expected)
    {
        foreach (var pair in expected.Split(' '))
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            EventFields.TryParse(pair[..equals], out var field).ShouldBeTrue(pair);
            (e.Text(field) ?? "").ShouldBe(pair[(equals + 1)..].Replace('\u00b7', ' '), pair);
        }
    }

    /// <summary>The data of the derived contexts of a schema, as JSON.</summary>
    /// <param name="e">The event.</param>
    /// <param name="schema"><c>vendor/name/version</c>.</param>
    public static IReadOnlyList<string> Derived(this EnrichedEvent e, string schema)
    {
        if (e.Text(EventField.DerivedContexts) is not { } json) return [];
        var parts = schema.Split('/');
        using var document = JsonDocument.Parse(json);
        return [.. document.RootElement.GetProperty("data").EnumerateArray()
            .Where(item => item.GetProperty("schema").GetString() == $"iglu:{parts[0]}/{parts[1]}/jsonschema/{parts[2]}")
            .Select(item => item.GetProperty("data").GetRawText())];
    }
}
