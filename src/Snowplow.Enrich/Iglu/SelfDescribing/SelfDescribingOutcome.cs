using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using Snowplow.Events.Iglu;

namespace Snowplow.Enrich.Iglu;

/// <summary>What became of validating one JSON. Its bytes are slices of the text that was given.</summary>
/// <param name="Key">The schema that it names; null if it names none, or if it stands in a list and is judged by the list's.</param>
/// <param name="Json">The whole JSON.</param>
/// <param name="Data">Its <c>data</c>; empty if it has none.</param>
/// <param name="Failure">Why it is not accepted; null if it is.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct SelfDescribingOutcome(
    SchemaKey? Key, ReadOnlyMemory<byte> Json, ReadOnlyMemory<byte> Data, IgluFailure? Failure)
{
    /// <summary>Whether it is accepted.</summary>
    [MemberNotNullWhen(false, nameof(Failure))]
    public bool IsValid => Failure is null;
}
