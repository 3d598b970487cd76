using System.Globalization;
using System.Text;

namespace Snowplow.Events.Enriched;

/// <summary>
/// The types of entity that code asks for: one vendor, name and model of a JSON Schema, whatever its revision and addition.
/// Make it once, keep it in a static field. Immutable.
/// </summary>
public sealed class EntityType
{
    // The URI up to and including the hyphen after the model.
    private readonly byte[] _prefix;

    /// <summary>Names a type: <c>new("com.snowplowanalytics.snowplow", "web_page", 1)</c>.</summary>
    /// <param name="vendor">The schema's vendor.</param>
    /// <param name="name">The schema's name.</param>
    /// <param name="model">The first number of the schema's version.</param>
    public EntityType(string vendor, string name, int model) =>
        _prefix = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"iglu:{vendor}/{name}/jsonschema/{model}-"));

    /// <summary>Whether an Iglu URI names a schema of this type.</summary>
    public bool Matches(ReadOnlySpan<byte> schemaUri) => schemaUri.StartsWith(_prefix);
}
