using System.Text.Json;
using Snowplow.Events;

namespace Snowplow.Collector.Requests;

/// <summary>
/// The <c>app_id</c>s that a collector takes. The query string's is that of all events; without it a body of the tracker protocol is
/// taken if each of its events has one of them.
/// </summary>
/// <param name="allowed">The ids; none takes everything.</param>
internal sealed class AppIds(IReadOnlyList<string> allowed)
{
    private const int EventDepth = 2;

    private readonly HashSet<string> _allowed = [.. allowed];

    /// <summary>Whether a request is taken.</summary>
    public bool Allow(string query, ReadOnlySpan<byte> body)
    {
        if (_allowed.Count == 0) return true;
        // It wins over the body's, and an empty one makes none of it. Of several, enrich takes the last: all must be allowed.
        if (QueryParameter.All(query, "aid") is { Count: > 0 } ids) return ids.TrueForAll(_allowed.Contains);
        try
        {
            return AllowEvents(body);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Neither JSON nor UTF-8: no event has an id.
            return false;
        }
    }

    // Escaped names and values count as what they mean.
    private bool AllowEvents(ReadOnlySpan<byte> body)
    {
        var reader = new Utf8JsonReader(body);
        bool inData = false, any = false, all = true, found = false;
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName when reader.CurrentDepth == 1:
                    inData = JsonText.Is(reader, "data"u8);
                    break;
                case JsonTokenType.StartObject when inData && reader.CurrentDepth == EventDepth:
                    found = false;
                    break;
                case JsonTokenType.PropertyName when inData && reader.CurrentDepth == EventDepth + 1 && JsonText.Is(reader, "aid"u8):
                    // Of several, enrich may take any: all must be allowed.
                    found = reader.Read() && reader.TokenType == JsonTokenType.String && _allowed.Contains(reader.GetString()!);
                    all &= found;
                    break;
                case JsonTokenType.EndObject when inData && reader.CurrentDepth == EventDepth:
                    any = true;
                    all &= found;
                    break;
            }
        }

        return any && all;
    }
}
