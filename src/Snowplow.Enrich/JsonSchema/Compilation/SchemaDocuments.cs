using System.Globalization;
using System.Text.Json;
using System.Text.Unicode;

namespace Snowplow.Enrich.JsonSchema;

/// <summary>
/// The documents that take part in compiling one schema, with all places that an <c>id</c> names. Documents of the library join
/// when something refers to them; nothing is ever fetched.
/// </summary>
internal sealed class SchemaDocuments(IReadOnlyDictionary<string, byte[]> library)
{
    /// <summary>Base URI of a document that states none.</summary>
    private const string UnnamedUri = "schema://unnamed/";

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 128 };

    private readonly Dictionary<string, SchemaLocation> _named = [];
    private readonly HashSet<string> _schemas = [];

    /// <summary>Adds the document to be compiled and returns its root.</summary>
    /// <exception cref="JsonException">It is not JSON, nests too deeply, or is no Unicode text.</exception>
    public SchemaLocation AddMain(ReadOnlyMemory<byte> utf8) => Add(UnnamedUri, utf8);

    /// <summary>Whether a place was found to be a schema while reading its document from the top.</summary>
    public bool IsKnownSchema(SchemaLocation location) => _schemas.Contains(location.Key);

    /// <summary>Finds what a <c>$ref</c> refers to; the reason if there is nothing.</summary>
    public string? TryFind(string reference, string baseUri, out SchemaLocation target)
    {
        target = default;
        var hash = reference.IndexOf('#', StringComparison.Ordinal);
        var address = hash < 0 ? reference : reference[..hash];
        var fragment = hash < 0 ? "" : Uri.UnescapeDataString(reference[(hash + 1)..]);
        var document = baseUri;
        if (address.Length > 0 && !SchemaLocation.TryResolve(baseUri, address, out document))
            return $"'{reference}' is no reference";

        if (fragment.Length > 0 && fragment[0] != '/')
            document = $"{document}#{fragment}";
        if (!TryFindNamed(document, out target))
            return $"'{reference}' refers to {document}, which is neither in the schema nor known";

        return fragment.StartsWith('/') && !TryFollow(fragment, ref target) ? $"'{reference}' points to nothing" : null;
    }

    private bool TryFindNamed(string uri, out SchemaLocation location)
    {
        if (_named.TryGetValue(uri, out location))
            return true;

        var document = SchemaLocation.WithoutFragment(uri);
        if (_named.ContainsKey(document) || !library.TryGetValue(document, out var utf8))
            return false;

        Add(document, utf8);
        return _named.TryGetValue(uri, out location);
    }

    private SchemaLocation Add(string uri, ReadOnlyMemory<byte> utf8)
    {
        var element = JsonDocument.Parse(utf8, Strict).RootElement;
        if (!Utf8.IsValid(utf8.Span) || JsonText.HasLoneSurrogate(utf8.Span))
            throw new JsonException("it has text that is not Unicode");

        var root = new SchemaLocation(element, $"{uri}#", SchemaLocation.BaseOf(element, uri));
        _named.TryAdd(uri, root);
        Index(root, uri);
        return root;
    }

    private void Index(SchemaLocation location, string enclosing)
    {
        if (location.Element.ValueKind != JsonValueKind.Object)
            return;

        _schemas.Add(location.Key);
        if (SchemaLocation.IdOf(location.Element) is { } id && SchemaLocation.TryResolve(enclosing, id, out var absolute))
        {
            _named.TryAdd(absolute.TrimEnd('#'), location);
            _named.TryAdd(SchemaLocation.WithoutFragment(absolute), location);
        }

        foreach (var child in Subschemas.Of(location))
            Index(child, location.BaseUri);
    }

    private static bool TryFollow(string pointer, ref SchemaLocation location)
    {
        foreach (var escaped in pointer[1..].Split('/'))
        {
            var token = escaped.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
            var element = location.Element;
            if (element.ValueKind == JsonValueKind.Object && element.TryGetProperty(token, out var member))
                location = location.Child(token, member);
            else if (element.ValueKind == JsonValueKind.Array && TryItem(element, token, out var item))
                location = location.Child(token, item);
            else
                return false;
        }

        return true;
    }

    private static bool TryItem(JsonElement array, string token, out JsonElement item)
    {
        var isIndex = int.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            && index < array.GetArrayLength();
        item = isIndex ? array[index] : default;
        return isIndex;
    }
}
