using System.Text.Json;

namespace Snowplow.Collector.Requests;

/// <summary>
/// The <c>app_id</c>s that a collector takes. A body of the tracker protocol is taken if each of its events has one of them;
/// any other request if its query string has.
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
        try
        {
            if (OfEvents(body) is { } verdict) return verdict;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Neither JSON nor UTF-8: no events to look into, so the query string decides.
        }

        return QueryParameter.Find(query, "aid") is { } aid && _allowed.Contains(aid);
    }

    // Null where the body has no events; escaped names and values count as what they mean.
    private bool? OfEvents(ReadOnlySpan<byte> body)
    {
        var reader = new Utf8JsonReader(body);
        bool inData = false, any = false, all = true, found = false;
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName when reader.CurrentDepth == 1:
                    inData = reader.ValueTextEquals("data"u8);
                    break;
                case JsonTokenType.StartObject when inData && reader.CurrentDepth == EventDepth:
                    found = false;
                    break;
                case JsonTokenType.PropertyName when inData && reader.CurrentDepth == EventDepth + 1 && reader.ValueTextEquals("aid"u8):
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

        return any ? all : null;
    }
}
