namespace Snowplow.Enrich.Enrichments.Inputs;

/// <summary>A value of an event that a service or a database is asked about.</summary>
/// <param name="Text">The field's or string's text; of other JSON its compact form.</param>
/// <param name="IsBoolean">Whether it is JSON's true or false.</param>
internal readonly record struct InputValue(string Text, bool IsBoolean = false);
