using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using Snowplow.Enrich.JsonSchema;
using Snowplow.Events.Iglu;

namespace Snowplow.Enrich.Iglu;

/// <summary>What became of validating one JSON. Its bytes are slices of the text that was given.</summary>
/// <param name="Key">
/// The schema that it is judged by: the one that it names, or the version that supersedes it. Null if it names none, or if it
/// stands in a list and is judged by the list's.
/// </param>
/// <param name="Json">The whole JSON.</param>
/// <param name="Data">Its <c>data</c>; empty if it has none.</param>
/// <param name="Failure">Why it is not accepted; null if it is.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct SelfDescribingOutcome(
    SchemaKey? Key, ReadOnlyMemory<byte> Json, ReadOnlyMemory<byte> Data, IgluFailure? Failure)
{
    /// <summary>The schema that it names, where <see cref="Key"/> supersedes that; null otherwise.</summary>
    public SchemaKey? Superseded { get; init; }

    /// <summary>Whether it is accepted.</summary>
    [MemberNotNullWhen(false, nameof(Failure))]
    public bool IsValid => Failure is null;

    /// <summary>The failure of data that breaks the schema of <see cref="Key"/>.</summary>
    internal IgluFailure.Validation Broken(IReadOnlyList<DataReport> reports) =>
        new(Superseded ?? Key!, Superseded is null ? null : Key, reports);
}
