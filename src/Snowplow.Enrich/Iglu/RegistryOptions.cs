namespace Snowplow.Enrich.Iglu;

/// <summary>One Iglu registry: a folder or an HTTP server, exactly one of the two.</summary>
public sealed record RegistryOptions
{
    /// <summary>Name for messages and lookup histories.</summary>
    public string Name { get; init; } = "";

    /// <summary>Order among registries that are otherwise equal; lower first.</summary>
    public int Priority { get; init; }

    /// <summary>Vendors that the registry is asked for before others; a prefix such as <c>com.acme</c>.</summary>
    public IReadOnlyList<string> VendorPrefixes { get; init; } = [];

    /// <summary>Folder with a static registry: it holds <c>schemas/{vendor}/{name}/{format}/{version}</c>.</summary>
    public string? Folder { get; init; }

    /// <summary>Address of an HTTP registry, above its <c>schemas/</c>: <c>http://iglucentral.com</c>.</summary>
    public Uri? Uri { get; init; }

    /// <summary>Sent as the header <c>apikey</c>; null for a registry that needs none.</summary>
    public string? ApiKey { get; init; }

    /// <summary>Whether the folder is laid out as a registry.</summary>
    internal bool HasSchemas => Folder is not null && Directory.Exists(Path.Combine(Folder, "schemas"));

    /// <summary>All that contradicts itself in these options, one sentence each.</summary>
    internal IEnumerable<string> Validate()
    {
        if (Name.Length == 0)
            yield return "A registry has no name.";
        if (Folder is null == Uri is null)
            yield return $"Registry '{Name}' must have either a folder or a URI.";
        if (Uri is { } uri && !(uri.IsAbsoluteUri && uri.Scheme is "http" or "https"))
            yield return $"Registry '{Name}' has the URI '{uri}', which is no http or https address.";
    }
}
