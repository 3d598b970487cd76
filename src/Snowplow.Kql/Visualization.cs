namespace Snowplow.Kql;

/// <summary>What <c>render</c> asks for.</summary>
/// <param name="Kind">The kind of chart: <c>timechart</c>.</param>
/// <param name="Properties">What stands in <c>with (…)</c>, by name.</param>
public sealed record Visualization(string Kind, IReadOnlyDictionary<string, object?> Properties);
