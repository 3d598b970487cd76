using System.Text;
using Snowplow.Enrich.Enrichments;

namespace Snowplow.Enrich.UserAgents;

/// <summary>What uap-core's rules, as they were when this program was built, read in user agents. May be used by several threads.</summary>
public static class BuiltInUserAgents
{
    [ThreadStatic]
    private static UserAgentReader? _reader;

    /// <summary>Whether there are rules: not in a build that left them out.</summary>
    public static bool Exist => UaParser.HasBuiltInRules;

    /// <summary>
    /// Reads a user agent: twelve texts, empty where nothing is known; of the browser family, major, minor and patch, of the operating system the same and
    /// patch minor, of the device family, brand and model. A family that is not known is <c>Other</c>.
    /// </summary>
    /// <exception cref="InvalidOperationException">There are no rules.</exception>
    public static string[] Read(string userAgent)
    {
        var reader = _reader ??= new UserAgentReader((UaParser.BuiltInRules ?? throw new InvalidOperationException("This build has no rules to read user agents by")).Current);
        reader.Read(Encoding.UTF8.GetBytes(userAgent));
        return Array.ConvertAll(Enum.GetValues<UserAgentField>(), field => Encoding.UTF8.GetString(reader[field]));
    }
}
