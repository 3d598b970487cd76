using Snowplow.Events.Enriched;

namespace Snowplow.Enrich.Parameters;

/// <summary>One parameter of the tracker protocol.</summary>
/// <param name="Name">Its name: at most eight ASCII characters, case-sensitive.</param>
/// <param name="Rule">How its text is read.</param>
/// <param name="Field">The field it fills (<see cref="ParameterRule.Ignored"/>: none).</param>
/// <param name="SinceAddition">
/// The first version 1-0-N of the schema <c>payload_data</c> that allows it in the body of a POST; null where it is allowed in
/// query strings only.
/// </param>
internal sealed record TrackerParameter(string Name, ParameterRule Rule, EventField Field, int? SinceAddition);
