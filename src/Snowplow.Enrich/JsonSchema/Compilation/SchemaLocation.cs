using System.Text.Json;

namespace Snowplow.Enrich.JsonSchema;

/// <summary>A place in a schema document.</summary>
/// <param name="Element">What stands there.</param>
/// <param name="Key">The document's URI, <c>#</c>, and the JSON pointer: the same for the same place however it was reached.</param>
/// <param name="BaseUri">What references in it are relative to: the URI of the nearest <c>id</c>, its own included.</param>
internal readonly record struct SchemaLocation(JsonElement Element, string Key, string BaseUri)
{
    /// <summary>The JSON pointer within the document, for messages.</summary>
    public string Pointer => Key[Key.IndexOf('#', StringComparison.Ordinal)..];

    /// <summary>The place of a member or item of this one.</summary>
    public SchemaLocation Child(string token, JsonElement element)
    {
        var escaped = token.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);
        return new SchemaLocation(element, $"{Key}/{escaped}", BaseOf(element, BaseUri));
    }

    /// <summary>
    /// The base URI that an element's <c>id</c> sets; the enclosing one if it has none. Beside a <c>$ref</c> an id says nothing.
    /// </summary>
    public static string BaseOf(JsonElement element, string enclosing)
    {
        if (IdOf(element) is not { } id || id.StartsWith('#'))
            return enclosing;
        return TryResolve(enclosing, id, out var absolute) ? WithoutFragment(absolute) : enclosing;
    }

    /// <summary>The <c>id</c> of a schema, null if it has none that counts.</summary>
    public static string? IdOf(JsonElement element) =>
        element.ValueKind == JsonValueKind.Object && StringMember(element, "$ref") is null ? StringMember(element, "id") : null;

    /// <summary>A member that is a string; null if there is none.</summary>
    public static string? StringMember(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <summary>Resolves a reference (RFC 3986 §5).</summary>
    public static bool TryResolve(string baseUri, string reference, out string absolute)
    {
        absolute = "";
        if (!Uri.TryCreate(baseUri, UriKind.Absolute, out var uri) || !Uri.TryCreate(uri, reference, out var resolved))
            return false;

        absolute = resolved.AbsoluteUri;
        return true;
    }

    /// <summary>A URI up to its fragment.</summary>
    public static string WithoutFragment(string uri)
    {
        var hash = uri.IndexOf('#', StringComparison.Ordinal);
        return hash < 0 ? uri : uri[..hash];
    }
}
