using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Snowplow.Events.Iglu;

/// <summary>
/// The name of one version of one Iglu schema, e.g. <c>iglu:com.acme/checkout/jsonschema/1-0-2</c>.
/// Immutable; two keys are equal when their URIs are, which are case-sensitive.
/// </summary>
/// <remarks>
/// A key keeps its URI both as a string and as UTF-8, so that writing it anywhere costs no conversion. Dictionaries that use
/// <see cref="SchemaKeyComparer"/> find a key by the bytes of a URI without making a string.
/// </remarks>
public sealed class SchemaKey : IEquatable<SchemaKey>
{
    private readonly byte[] _utf8Uri;
    private readonly string _uri;

    /// <summary>Makes a key from its parts.</summary>
    /// <exception cref="FormatException">A part breaks the grammar of Iglu URIs.</exception>
    public SchemaKey(string vendor, string name, string format, int model, int revision, int addition)
        : this(Check(string.Create(CultureInfo.InvariantCulture, $"iglu:{vendor}/{name}/{format}/{model}-{revision}-{addition}")))
    {
    }

    private SchemaKey(byte[] utf8Uri)
    {
        SchemaUriGrammar.TrySplit(utf8Uri, wildcards: false, out var parts);
        _utf8Uri = utf8Uri;
        _uri = Encoding.ASCII.GetString(utf8Uri);
        Vendor = Encoding.ASCII.GetString(parts.Vendor);
        Name = Encoding.ASCII.GetString(parts.Name);
        Format = Encoding.ASCII.GetString(parts.Format);
        Model = parts.Model;
        Revision = parts.Revision;
        Addition = parts.Addition;
        Version = string.Create(CultureInfo.InvariantCulture, $"{Model}-{Revision}-{Addition}");
    }

    /// <summary>Who owns the schema, usually a reversed domain name: <c>com.snowplowanalytics.snowplow</c>.</summary>
    public string Vendor { get; }

    /// <summary>The schema's name within its vendor: <c>link_click</c>.</summary>
    public string Name { get; }

    /// <summary>The schema language; <c>jsonschema</c> for all that events use.</summary>
    public string Format { get; }

    /// <summary>First number of the SchemaVer, at least 1: raised by a change that breaks all existing data.</summary>
    public int Model { get; }

    /// <summary>Second number of the SchemaVer: raised by a change that may break some existing data.</summary>
    public int Revision { get; }

    /// <summary>Third number of the SchemaVer: raised by a change that all existing data satisfies.</summary>
    public int Addition { get; }

    /// <summary>The SchemaVer as text: <c>1-0-2</c>.</summary>
    public string Version { get; }

    /// <summary>The URI in UTF-8, which for these names is ASCII.</summary>
    public ReadOnlySpan<byte> Utf8Uri => _utf8Uri;

    /// <summary>Where a static registry keeps the schema below its <c>schemas/</c>: <c>{vendor}/{name}/{format}/{version}</c>.</summary>
    public string Path => _uri["iglu:".Length..];

    /// <summary>Reads a URI; false if it breaks the grammar (the version numbers must fit 32 bits).</summary>
    public static bool TryParse(ReadOnlySpan<byte> utf8Uri, [NotNullWhen(true)] out SchemaKey? key)
    {
        key = SchemaUriGrammar.TrySplit(utf8Uri, wildcards: false, out _) ? new SchemaKey(utf8Uri.ToArray()) : null;
        return key is not null;
    }

    /// <inheritdoc cref="TryParse(ReadOnlySpan{byte}, out SchemaKey?)"/>
    public static bool TryParse(string? uri, [NotNullWhen(true)] out SchemaKey? key)
    {
        key = null;
        return uri is not null && TryParse(Encoding.UTF8.GetBytes(uri), out key);
    }

    /// <summary>Reads a URI that the program itself wrote down.</summary>
    /// <exception cref="FormatException">The text is no Iglu URI.</exception>
    public static SchemaKey Parse(string uri) => new(Check(uri));

    /// <summary>The URI: <c>iglu:{vendor}/{name}/{format}/{version}</c>.</summary>
    public string ToUri() => _uri;

    /// <inheritdoc cref="ToUri"/>
    public override string ToString() => _uri;

    /// <inheritdoc/>
    public bool Equals(SchemaKey? other) => ReferenceEquals(this, other) || (other is not null && _uri == other._uri);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as SchemaKey);

    /// <inheritdoc/>
    public override int GetHashCode() => SchemaKeyComparer.Hash(_utf8Uri);

    /// <summary>Whether both name the same schema version.</summary>
    public static bool operator ==(SchemaKey? left, SchemaKey? right) => left is null ? right is null : left.Equals(right);

    /// <summary>Whether they name different schema versions.</summary>
    public static bool operator !=(SchemaKey? left, SchemaKey? right) => !(left == right);

    private static byte[] Check(string uri)
    {
        var utf8 = Encoding.UTF8.GetBytes(uri);
        return SchemaUriGrammar.TrySplit(utf8, wildcards: false, out _)
            ? utf8
            : throw new FormatException($"'{uri}' is no Iglu schema URI; write iglu:vendor/name/format/MODEL-REVISION-ADDITION.");
    }
}
