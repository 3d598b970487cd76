using System.Text.Json;
using System.Text.RegularExpressions;
using Snowplow.Model.Rules.Conditions;

namespace Snowplow.Model.Rules.Reading;

/// <summary>Reads <c>false</c> or <c>{"useragent": pattern or false, "spiders_and_robots": true or false}</c>.</summary>
internal static class BotFilterReader
{
    /// <summary>Reads the section; what is not given is as in the default rules. Null, with the fault reported, where it is wrong.</summary>
    public static BotFilter? Read(RuleNode node, BotFilter? defaults)
    {
        if (node.Json.ValueKind == JsonValueKind.False) return BotFilter.Off;
        if (node.Json.ValueKind != JsonValueKind.Object)
        {
            node.Fault($"must be an object, or false for no filter, not {node.Kind}");
            return null;
        }

        if (node.Members("useragent", "spiders_and_robots") is not { } members) return null;
        var userAgent = members.TryGetValue("useragent", out var pattern) ? ReadPattern(pattern) : defaults?.UserAgent;
        var usesIab = members.TryGetValue("spiders_and_robots", out var flag) ? flag.Boolean() : defaults?.UsesIab;
        return new BotFilter(userAgent, usesIab == true);
    }

    private static Regex? ReadPattern(RuleNode node)
    {
        if (node.Json.ValueKind == JsonValueKind.False || node.Text(int.MaxValue) is not { } pattern) return null;
        if (!RulePattern.TryCompile(pattern, ignoresCase: false, out var regex, out var fault)) node.Fault(fault);
        return regex;
    }
}
