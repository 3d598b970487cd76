using Snowplow.Enrich.JsonSchema;
using Snowplow.Events.Iglu;

namespace Snowplow.Enrich.Iglu;

/// <summary>What became of looking a schema up: one of the three nested records.</summary>
public abstract record SchemaLookup
{
    private SchemaLookup()
    {
    }

    /// <summary>The schema, ready to validate.</summary>
    /// <param name="Schema">The rules.</param>
    /// <param name="SupersededBy">The version whose rules they are, where the one looked up is superseded; null otherwise.</param>
    public sealed record Found(CompiledSchema Schema, SchemaKey? SupersededBy) : SchemaLookup;

    /// <summary>A registry has a document of this name, but it cannot be used: it is no schema of draft-04, or says something impossible of itself.</summary>
    /// <param name="Issues">Why; never empty.</param>
    public sealed record Unusable(IReadOnlyList<SchemaIssue> Issues) : SchemaLookup;

    /// <summary>No registry has it, as far as they could be asked.</summary>
    /// <param name="History">One entry per registry, in the order asked.</param>
    /// <param name="IsUnreachable">
    /// Whether some registry could not be asked, so that a later lookup may end otherwise and the event is worth replaying.
    /// </param>
    public sealed record Missing(IReadOnlyList<RegistryLookup> History, bool IsUnreachable) : SchemaLookup;
}
