using System.Collections.Immutable;

namespace Snowplow.Model.EventRows;

/// <summary>
/// The columns of <c>conversions</c>: one row for each event and each conversion of the model rules whose condition it
/// meets. Key: <c>cv_id</c>.
/// </summary>
public static class ConversionColumns
{
    /// <summary>The columns.</summary>
    public static readonly ImmutableArray<ModelColumn> All = EventRowColumns.Of(
        new("cv_id", "string", "event_id, colon, cv_type"),
        new("cv_type", "string", "the conversion's name"),
        new("cv_value", "real", "its value by the rule, rounded to 6 decimals; else the rule's default; null where neither is"),
        new("cv_tstamp", "datetime", "derived_tstamp"));
}
