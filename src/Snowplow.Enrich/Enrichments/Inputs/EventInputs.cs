using System.Text.Json;
using Snowplow.Enrich.Enrichments.Configuration;

namespace Snowplow.Enrich.Enrichments.Inputs;

/// <summary>The inputs of an enrichment that asks a service or a database. Thread-safe.</summary>
internal sealed class EventInputs
{
    private readonly IReadOnlyList<EventInput> _inputs;

    private EventInputs(IReadOnlyList<EventInput> inputs) => _inputs = inputs;

    /// <summary>What the inputs are called.</summary>
    public IEnumerable<string> Keys => _inputs.Select(input => input.Key).Distinct();

    /// <summary>Reads <c>parameters.inputs</c>; null where one was refused.</summary>
    /// <param name="config">The configuration.</param>
    /// <param name="key">The name of the member that says what an input is called.</param>
    public static EventInputs? Read(EnrichmentConfig config, string key)
    {
        var inputs = config.Parameters.GetProperty("inputs").EnumerateArray()
            .Select((input, index) => EventInput.Read(config, $"inputs[{index}]", KeyOf(input.GetProperty(key)), input))
            .ToList();
        return inputs.Contains(null) ? null : new EventInputs([.. inputs.OfType<EventInput>()]);
    }

    /// <summary>The values that an event has. Of several inputs with one key the last that has a value counts.</summary>
    public Dictionary<string, InputValue> ValuesIn(EventInProgress e)
    {
        using var columns = new EventJson(e);
        var values = new Dictionary<string, InputValue>(_inputs.Count);
        foreach (var input in _inputs)
        {
            if (input.ValueIn(e, columns) is { } value) values[input.Key] = value;
        }

        return values;
    }

    private static string KeyOf(JsonElement key) => key.ValueKind == JsonValueKind.String ? key.GetString()! : key.GetRawText();
}
