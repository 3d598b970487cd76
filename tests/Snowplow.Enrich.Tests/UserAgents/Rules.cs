using System.Text;
using Snowplow.Enrich.UserAgents;

namespace Snowplow.Enrich.Tests.UserAgents;

/// <summary>The rules that come with the build, and texts.</summary>
internal static class Rules
{
    private static readonly Lazy<UserAgentRules> Lazy = new(() => UserAgentRules.Load(FilePath));

    public static string FilePath => Path.Combine(AppContext.BaseDirectory, "assets", "regexes.yaml");

    /// <summary>Those of uap-core.</summary>
    public static UserAgentRules All => Lazy.Value;

    /// <summary>Rules of a text with any of the three lists.</summary>
    public static UserAgentRules Of(string yaml)
    {
        foreach (var part in RulePart.All)
        {
            if (!yaml.Contains(part.Key, StringComparison.Ordinal)) yaml += $"\n{part.Key}: []";
        }

        using var text = new StringReader(yaml);
        return UserAgentRules.Read(text);
    }

    public static string? Text(this UserAgentReader reader, UserAgentField field)
    {
        var text = Encoding.UTF8.GetString(reader[field]);
        return text.Length == 0 ? null : text;
    }
}
