using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json.Nodes;

namespace Snowplow.Enrich.Adapters.Webhooks;

/// <summary>
/// Makes JSON of pairs of texts: an empty value becomes null, those of the named keys what their schema wants, where they can;
/// all others stay text.
/// </summary>
internal sealed record KeyValueFormat
{
    /// <summary>All values are text, or null where empty.</summary>
    public static readonly KeyValueFormat Text = new();

    /// <summary>Keys of <c>true</c> and <c>false</c>, in any case.</summary>
    public FrozenSet<string> Booleans { get; init; } = [];

    /// <summary>Keys of whole numbers.</summary>
    public FrozenSet<string> Integers { get; init; } = [];

    /// <summary>Keys of times in the form <c>yyyy-MM-dd HH:mm:ss</c>, UTC.</summary>
    public FrozenSet<string> Times { get; init; } = [];

    /// <summary>The pairs as an object.</summary>
    /// <param name="pairs">Keys and values; a null value is an empty one.</param>
    /// <param name="rename">A key to its name in the object.</param>
    public JsonObject ToJson(IEnumerable<KeyValuePair<string, string?>> pairs, Func<string, string> rename)
    {
        var json = new JsonObject();
        foreach (var (key, value) in pairs) json[rename(key)] = Value(key, value);
        return json;
    }

    private JsonValue? Value(string key, string? value)
    {
        if (string.IsNullOrEmpty(value)) return null;
        if (Booleans.Contains(key) && bool.TryParse(value, out var boolean)) return JsonValue.Create(boolean);
        if (Integers.Contains(key) && long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
            return JsonValue.Create(number);
        return JsonValue.Create(Times.Contains(key) ? WebhookTime.FromDateAndTime(value) : value);
    }
}
