using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Snowplow.Events.Iglu;

/// <summary>
/// A set of schema versions: <c>iglu:com.acme/checkout/jsonschema/1-*-*</c>, where <c>*</c> stands for any number.
/// </summary>
/// <param name="Vendor">Vendor that a key must have.</param>
/// <param name="Name">Name that a key must have.</param>
/// <param name="Format">Format that a key must have.</param>
/// <param name="Model">Model that a key must have; null for any.</param>
/// <param name="Revision">Revision that a key must have; null for any.</param>
/// <param name="Addition">Addition that a key must have; null for any.</param>
public sealed record SchemaCriterion(string Vendor, string Name, string Format, int? Model, int? Revision, int? Addition)
{
    /// <summary>Reads a criterion; false if it breaks the grammar.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out SchemaCriterion? criterion)
    {
        criterion = null;
        if (text is null || !SchemaUriGrammar.TrySplit(Encoding.UTF8.GetBytes(text), wildcards: true, out var parts))
            return false;

        criterion = new SchemaCriterion(
            Encoding.ASCII.GetString(parts.Vendor),
            Encoding.ASCII.GetString(parts.Name),
            Encoding.ASCII.GetString(parts.Format),
            NumberOrAny(parts.Model),
            NumberOrAny(parts.Revision),
            NumberOrAny(parts.Addition));
        return true;
    }

    /// <summary>Reads a criterion that the program itself or its configuration wrote down.</summary>
    /// <exception cref="FormatException">The text is no criterion.</exception>
    public static SchemaCriterion Parse(string text) =>
        TryParse(text, out var criterion)
            ? criterion
            : throw new FormatException(
                $"'{text}' is no Iglu schema criterion; write iglu:vendor/name/format/MODEL-REVISION-ADDITION with * for any number.");

    /// <summary>Whether the key is in the set.</summary>
    public bool Matches(SchemaKey key) =>
        (Model ?? key.Model) == key.Model
        && (Revision ?? key.Revision) == key.Revision
        && (Addition ?? key.Addition) == key.Addition
        && Name == key.Name
        && Vendor == key.Vendor
        && Format == key.Format;

    /// <summary>The criterion as Snowplow writes it, with <c>*</c> for any number.</summary>
    public string ToUri() => $"iglu:{Vendor}/{Name}/{Format}/{Text(Model)}-{Text(Revision)}-{Text(Addition)}";

    /// <inheritdoc cref="ToUri"/>
    public override string ToString() => ToUri();

    private static int? NumberOrAny(int number) => number == SchemaUriGrammar.AnyNumber ? null : number;

    private static string Text(int? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "*";
}
