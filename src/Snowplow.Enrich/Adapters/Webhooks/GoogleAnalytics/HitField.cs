using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Snowplow.Enrich.Adapters.Webhooks.GoogleAnalytics;

/// <summary>Where a parameter of the measurement protocol goes in a schema.</summary>
/// <param name="Parameter">The parameter's name; in names with indexes <c>{}</c> stands for each.</param>
/// <param name="Name">The member of the schema.</param>
/// <param name="Value">What the member is.</param>
internal sealed record HitField(string Parameter, string Name, HitValue Value = HitValue.Text)
{
    /// <summary>What the value must be, for messages.</summary>
    public string Expectation => Value switch
    {
        HitValue.Integer => "must be a whole number",
        HitValue.Boolean => "must be 1 or 0",
        _ => "must be a number",
    };

    /// <summary>The member's value; null where the text is none.</summary>
    public JsonNode? Read(string text)
    {
        switch (Value)
        {
            case HitValue.Text:
                return JsonValue.Create(text);
            case HitValue.Integer:
                return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var integer) ? JsonValue.Create(integer) : null;
            case HitValue.Money:
                return decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var amount)
                    ? JsonValue.Create(Math.Round(amount, 2, MidpointRounding.ToEven))
                    : null;
            case HitValue.Boolean:
                return text is "1" or "true" ? JsonValue.Create(true) : text is "0" or "false" ? JsonValue.Create(false) : null;
            default:
                return JsonTree.TryParse(Encoding.UTF8.GetBytes(text), Parameter, out var number, out _) && number.ValueKind == JsonValueKind.Number
                    ? JsonTree.Of(number)
                    : null;
        }
    }
}
