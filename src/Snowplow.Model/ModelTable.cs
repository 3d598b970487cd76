using System.Collections.Immutable;

namespace Snowplow.Model;

/// <summary>A table that the models keep.</summary>
/// <param name="Name">The name: the folder of its files, and the table in a warehouse.</param>
/// <param name="Summary">What a row is, as a sentence.</param>
/// <param name="Key">The columns that say which row it is; one of them may be missing in a row where the summary says so.</param>
/// <param name="IsVersioned">
/// Whether rows replace each other by (<c>model_generation</c>, <c>revision</c>), the greatest counting; else rows of one key come from copies of
/// one event, and the one with the least <c>derived_tstamp</c>, then <c>collector_tstamp</c>, counts.
/// </param>
/// <param name="Columns">All columns, in order.</param>
public sealed record ModelTable(string Name, string Summary, ImmutableArray<string> Key, bool IsVersioned, ImmutableArray<ModelColumn> Columns);
