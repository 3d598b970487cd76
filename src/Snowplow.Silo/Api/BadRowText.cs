using System.Text;
using System.Text.Json;

namespace Snowplow.Silo.Api;

/// <summary>Says in a line what a bad row's <c>failure</c> object says, whatever kind of bad row it is.</summary>
internal static class BadRowText
{
    /// <summary>Characters of the line at most.</summary>
    private const int MostChars = 400;

    /// <summary>Members that say when and for whom, not what.</summary>
    private static readonly string[] Circumstances = ["timestamp", "vendor", "version", "loader", "targets", "keyword", "path"];

    /// <summary>The texts in the object, in order, without circumstances. The JSON may be cut off anywhere.</summary>
    public static string Describe(string failure)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(failure), isFinalBlock: false, default);
        var text = new StringBuilder();
        try
        {
            while (text.Length < MostChars && reader.Read())
            {
                if (reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals("lookupHistory"))
                {
                    foreach (var reason in RegistryLookupText.Read(ref reader))
                        Append(text, reason);
                }
                else if (reader.TokenType == JsonTokenType.PropertyName && Circumstances.Contains(reader.GetString()))
                {
                    if (!reader.TrySkip())
                        break;
                }
                else if (reader.TokenType is JsonTokenType.String or JsonTokenType.Number)
                {
                    Append(text, Text(in reader));
                }
            }
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException)
        {
            // What could be read is shown; a text cut in the middle of an escape, or half a surrogate pair, which is what
            // an InvalidOperationException means here, is no reason to show nothing.
            text.Append('…');
        }

        return text.Length <= MostChars ? text.ToString() : $"{text.ToString(0, MostChars)}…";
    }

    private static void Append(StringBuilder text, string part) => text.Append(text.Length == 0 ? "" : " · ").Append(part);

    private static string Text(in Utf8JsonReader reader) => reader.TokenType == JsonTokenType.String
        ? reader.GetString()!
        : Encoding.UTF8.GetString(reader.ValueSpan);
}
