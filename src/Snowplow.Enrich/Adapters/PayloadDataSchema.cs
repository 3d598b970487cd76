using System.Text;
using System.Text.Json;
using Snowplow.Enrich.Parameters;
using Snowplow.Enrich.Payloads;
using Snowplow.Events;
using Snowplow.Events.BadRows;
using Snowplow.Events.Iglu;

namespace Snowplow.Enrich.Adapters;

/// <summary>
/// The versions 1-0-N of <c>payload_data</c>: an item is an object of strings, has <c>e</c>, <c>p</c> and <c>tv</c>, and no
/// parameter that the version does not list. Checked by <see cref="TrackerParameters"/>, which says since when each is listed,
/// rather than by the general validator: every parameter is looked up there anyway.
/// </summary>
/// <remarks>A version newer than the ones known here is checked like the newest of them.</remarks>
internal sealed class PayloadDataSchema
{
    private const string UriPrefix = "iglu:com.snowplowanalytics.snowplow/payload_data/jsonschema/1-0-";

    private static readonly PayloadDataSchema[] Known =
        [.. Enumerable.Range(0, TrackerParameters.NewestAddition + 1).Select(addition => new PayloadDataSchema(SchemaKey.Parse($"{UriPrefix}{addition}")))];

    private static readonly int[] Required = [TrackerParameters.IndexOf("e"), TrackerParameters.IndexOf("p"), TrackerParameters.IndexOf("tv")];

    private readonly SchemaKey _key;
    private readonly int _addition;
    private readonly byte[] _envelopePrefix;

    private PayloadDataSchema(SchemaKey key)
    {
        _key = key;
        _addition = Math.Min(key.Addition, TrackerParameters.NewestAddition);
        _envelopePrefix = Encoding.UTF8.GetBytes($$"""{"schema":"{{key.ToUri()}}","data":[""");
    }

    /// <summary>The text of the string that a reader stands on; known names cost no new string.</summary>
    public static string Name(ref Utf8JsonReader json)
    {
        foreach (var schema in Known)
        {
            if (JsonText.Is(json, schema._key.Utf8Uri)) return schema._key.ToUri();
        }

        var unescaped = new byte[json.ValueSpan.Length];
        return Encoding.UTF8.GetString(unescaped, 0, JsonText.Unescape(json.ValueSpan, unescaped));
    }

    /// <summary>The schema of an Iglu URI, or null where it is no version 1-0-N of <c>payload_data</c>.</summary>
    public static PayloadDataSchema? Find(string uri)
    {
        foreach (var schema in Known)
        {
            if (schema._key.ToUri() == uri) return schema;
        }

        return uri.StartsWith(UriPrefix, StringComparison.Ordinal) && SchemaKey.TryParse(uri, out var key) ? new PayloadDataSchema(key) : null;
    }

    /// <summary>A message that data breaks this schema.</summary>
    public ValidationMessage Violation(params IReadOnlyList<DataReport> reports) => new(_key, supersededBy: null, reports);

    /// <summary>Marks the events that break the schema.</summary>
    public void CheckItems(RawEvents events)
    {
        events.SetEnvelope(_envelopePrefix, "]}"u8.ToArray());
        for (var i = 0; i < events.Count; i++)
        {
            if (!IsValid(events, events[i])) events.Fail(i, [Violation([.. Reports(events, events[i]).Take(JsonSchema.CompiledSchema.MaxReports)])]);
        }
    }

    private bool IsValid(RawEvents events, RawEvent e)
    {
        int required = 0;
        for (var i = 0; i < e.ParameterCount; i++)
        {
            var parameter = events.Parameter(e.FirstParameter + i);
            if (!Allows(parameter)) return false;
            for (var r = 0; r < Required.Length; r++)
            {
                if (parameter.Index == Required[r]) required |= 1 << r;
            }
        }

        return e.IsObject && required == (1 << Required.Length) - 1;
    }

    private bool Allows(RawParameter parameter) =>
        parameter is { IsText: true, Index: not TrackerParameters.Unknown } && TrackerParameters.All[parameter.Index].SinceAddition <= _addition;

    private IEnumerable<DataReport> Reports(RawEvents events, RawEvent e)
    {
        if (!e.IsObject)
        {
            yield return new DataReport("$[0]: object expected", "$[0]", "type", ["object"]);
            yield break;
        }

        var parameters = Enumerable.Range(e.FirstParameter, e.ParameterCount).Select(events.Parameter).ToList();
        foreach (var parameter in parameters.Where(p => !Allows(p)))
        {
            var name = Encoding.UTF8.GetString(events.Name(parameter));
            var path = $"$[0].{name}";
            yield return parameter.IsText
                ? new DataReport($"{path}: is not defined in the schema and the schema does not allow additional properties", "$[0]", "additionalProperties", [name])
                : new DataReport($"{path}: string expected", path, "type", ["string"]);
        }

        foreach (var missing in Required.Where(index => parameters.TrueForAll(p => p.Index != index)))
        {
            var name = TrackerParameters.All[missing].Name;
            yield return new DataReport($"$[0].{name}: is missing but it is required", "$[0]", "required", [name]);
        }
    }
}
