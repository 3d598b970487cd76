namespace Snowplow.Enrich.UserAgents;

/// <summary>
/// One of the three lists of rules of uap-core and how its rules fill their fields (uap-core's specification, sections
/// <c>user_agent_parsers</c>, <c>os_parsers</c> and <c>device_parsers</c>).
/// </summary>
/// <param name="Key">Name of the list in the file.</param>
/// <param name="First">The first of its fields, the family; the others follow.</param>
/// <param name="Fields">For each field: the key that sets it, and the group that does where the rule has no such key; 0 for none.</param>
internal sealed record RulePart(string Key, UserAgentField First, IReadOnlyList<(string Key, int Group)> Fields)
{
    /// <summary>The three parts, which do not depend on each other.</summary>
    public static IReadOnlyList<RulePart> All { get; } =
    [
        new("user_agent_parsers", UserAgentField.Family, [("family_replacement", 1), ("v1_replacement", 2), ("v2_replacement", 3), ("v3_replacement", 4)]),
        new(
            "os_parsers",
            UserAgentField.OsFamily,
            [("os_replacement", 1), ("os_v1_replacement", 2), ("os_v2_replacement", 3), ("os_v3_replacement", 4), ("os_v4_replacement", 5)]),
        new("device_parsers", UserAgentField.DeviceFamily, [("device_replacement", 1), ("brand_replacement", 0), ("model_replacement", 1)]),
    ];
}
