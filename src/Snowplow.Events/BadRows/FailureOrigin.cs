using System.Text.Json;

namespace Snowplow.Events.BadRows;

/// <summary>Where in an event something failed, for failed events: bad rows tell it by their messages alone.</summary>
/// <param name="Source"><c>unstruct</c>, <c>contexts</c>, <c>derived_contexts</c> or <c>atomic_field</c>.</param>
/// <param name="Data">The JSON that failed, in UTF-8 and valid; empty where it is none.</param>
public sealed record FailureOrigin(string Source, ReadOnlyMemory<byte> Data)
{
    /// <summary>Fields or parameters, as an object of their texts.</summary>
    /// <param name="source">Where they stand.</param>
    /// <param name="values">Their names and texts.</param>
    public static FailureOrigin OfTexts(string source, IEnumerable<KeyValuePair<string, string?>> values) =>
        new(source, JsonSerializer.SerializeToUtf8Bytes(values.DistinctBy(value => value.Key, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal)));
}
