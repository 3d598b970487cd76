using Snowplow.Enrich.UserAgents;
using Snowplow.Kql.Data;

namespace Snowplow.Silo.Query;

/// <summary>Reads user agents for queries, by the rules that events are enriched with by default.</summary>
internal static class UserAgentBags
{
    /// <summary>What <c>parse_user_agent</c> calls; null in a build without rules. They are loaded when the first query asks.</summary>
    public static Func<string, Bag>? Read => BuiltInUserAgents.Exist ? Of : null;

    private static Bag Of(string userAgent)
    {
        var texts = BuiltInUserAgents.Read(userAgent);
        return new Bag
        {
            ["Browser"] = new Bag { ["Family"] = texts[0], ["MajorVersion"] = texts[1], ["MinorVersion"] = texts[2], ["Patch"] = texts[3] },
            ["OperatingSystem"] = new Bag { ["Family"] = texts[4], ["MajorVersion"] = texts[5], ["MinorVersion"] = texts[6], ["Patch"] = texts[7], ["PatchMinor"] = texts[8] },
            ["Device"] = new Bag { ["Family"] = texts[9], ["Brand"] = texts[10], ["Model"] = texts[11] },
        };
    }
}
