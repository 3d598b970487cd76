using Snowplow.Model.Rules.Conditions;

namespace Snowplow.Model.Rules;

/// <summary>One rule of a list of groups.</summary>
/// <param name="Name">The group's name.</param>
/// <param name="When">What an event of the group satisfies.</param>
internal sealed record GroupRule(string Name, Condition When);
