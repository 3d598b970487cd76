using System.Globalization;
using System.Text;
using Snowplow.Events.Iglu;

namespace Snowplow.Events.Enriched;

/// <summary>
/// The key under which Snowplow's analytics SDKs (the Scala and .NET ones) put entities of a type into an event's JSON:
/// <c>contexts_com_acme_user_role_1</c>. Revision and addition have no part in it.
/// </summary>
public static class EntityColumn
{
    /// <summary>The prefix of entities in <c>contexts</c> and <c>derived_contexts</c>.</summary>
    public const string ContextsPrefix = "contexts";

    /// <summary>The prefix of the self-describing event.</summary>
    public const string UnstructEventPrefix = "unstruct_event";

    /// <summary>
    /// The key of a type: vendor and name in lower case with <c>_</c> for <c>.</c> and <c>-</c>, in the name also <c>_</c>
    /// where an upper-case letter follows another character (<c>LinkClick</c> → <c>link_click</c>, <c>HTTPError</c> →
    /// <c>httperror</c>), and the model.
    /// </summary>
    /// <returns>The key, or null where the text is no Iglu URI.</returns>
    public static string? Name(string prefix, ReadOnlySpan<byte> schemaUri)
    {
        if (!SchemaUriGrammar.TrySplit(schemaUri, wildcards: false, out var parts)) return null;
        var key = new StringBuilder(prefix, prefix.Length + schemaUri.Length);
        key.Append('_');
        foreach (var b in parts.Vendor) key.Append(Normalised(b));
        key.Append('_');
        var before = (byte)'_';
        foreach (var b in parts.Name)
        {
            if (char.IsAsciiLetterUpper((char)b) && before != '_' && !char.IsAsciiLetterUpper((char)before)) key.Append('_');
            key.Append(Normalised(b));
            before = b is (byte)'-' or (byte)'.' ? (byte)'_' : b;
        }

        return key.Append(CultureInfo.InvariantCulture, $"_{parts.Model}").ToString();
    }

    private static char Normalised(byte b) => b is (byte)'.' or (byte)'-' ? '_' : char.ToLowerInvariant((char)b);
}
