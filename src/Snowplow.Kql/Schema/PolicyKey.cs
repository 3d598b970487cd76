namespace Snowplow.Kql.Schema;

/// <summary>What a policy is of.</summary>
/// <param name="EntityType"><c>database</c>, <c>table</c> or <c>materialized-view</c>.</param>
/// <param name="Entity">Its name.</param>
/// <param name="Policy">The policy: <c>retention</c>.</param>
public readonly record struct PolicyKey(string EntityType, string Entity, string Policy);
