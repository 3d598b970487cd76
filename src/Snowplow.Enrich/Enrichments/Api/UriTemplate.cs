using System.Text.RegularExpressions;
using Snowplow.Enrich.Enrichments.Inputs;

namespace Snowplow.Enrich.Enrichments.Api;

/// <summary>An address with places for values: <c>https://api.acme.com/users/{{user}}?app={{app}}</c>.</summary>
internal sealed partial class UriTemplate(string text)
{
    /// <summary>The keys that it has places for.</summary>
    public IReadOnlyList<string> Keys { get; } = [.. Place().Matches(text).Select(place => place.Groups[1].Value).Distinct()];

    /// <summary>Puts in the values, percent-encoded; null where one is missing.</summary>
    public string? Fill(IReadOnlyDictionary<string, InputValue> values) => Keys.All(values.ContainsKey)
        ? Place().Replace(text, place => Uri.EscapeDataString(values[place.Groups[1].Value].Text))
        : null;

    [GeneratedRegex(@"\{\{\s*([A-Za-z0-9_-]+)\s*\}\}", RegexOptions.CultureInvariant)]
    private static partial Regex Place();
}
