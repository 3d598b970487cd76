namespace Snowplow.Enrich.Adapters.Webhooks.GoogleAnalytics;

/// <summary>A schema that parameters of a hit fill.</summary>
/// <param name="Name">The schema's vendor and name.</param>
/// <param name="Fields">Its members that are parameters.</param>
internal sealed record HitSchema(string Name, params HitField[] Fields)
{
    /// <summary>The vendor of nearly all schemas.</summary>
    public const string Vendor = "com.google.analytics.measurement-protocol";

    /// <summary>
    /// The schema's members that are indexes, in the order in which they stand in the parameters' names; none for a schema that a
    /// hit fills once.
    /// </summary>
    public string[] Indexes { get; init; } = [];

    /// <summary>The largest index that the schema allows; the smallest is 1.</summary>
    public int MaxIndex { get; init; } = 200;

    /// <summary>Whether the hit's currency is a member too.</summary>
    public bool HasCurrency { get; init; }

    /// <summary>The Iglu URI.</summary>
    public string Uri { get; } = $"iglu:{Name}/jsonschema/1-0-0";
}
