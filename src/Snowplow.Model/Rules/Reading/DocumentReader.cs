using System.Text.Json;
using System.Text.Unicode;

namespace Snowplow.Model.Rules.Reading;

/// <summary>Reads the document's JSON, before its meaning.</summary>
internal static class DocumentReader
{
    /// <summary>The document's root; null, with the fault reported, where it is no JSON.</summary>
    public static RuleNode? Read(ReadOnlyMemory<byte> json, List<RuleError> errors)
    {
        if (json.Span.StartsWith("\uFEFF"u8)) json = json[3..];
        try
        {
            if (!Utf8.IsValid(json.Span)) throw new JsonException("it is not UTF-8");
            CheckTexts(json.Span);
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            return new RuleNode(document.RootElement.Clone(), "$", errors);
        }
        catch (JsonException e)
        {
            errors.Add(new RuleError("$", $"is no JSON: {e.Message.TrimEnd('.')}"));
            return null;
        }
    }

    // Escapes of half a surrogate pair are JSON, but no text.
    private static void CheckTexts(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
        while (reader.Read())
        {
            if (reader.TokenType is not (JsonTokenType.String or JsonTokenType.PropertyName) || !reader.ValueIsEscaped) continue;
            try
            {
                reader.GetString();
            }
            catch (InvalidOperationException)
            {
                throw new JsonException($"the text at byte {reader.TokenStartIndex} has an escape of half a surrogate pair");
            }
        }
    }
}
