using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;
using Snowplow.Enrich.UserAgents;

namespace Snowplow.Enrich.Tests.UserAgents;

/// <summary>
/// What uap-core's specification says, written down plainly: the rules one by one with .NET's own engine. It shares nothing with
/// the reader but the names of the keys.
/// </summary>
internal sealed class PlainRegexOracle
{
    private readonly List<List<(Regex Regex, string?[] Texts)>> _parts;

    public PlainRegexOracle(string path)
    {
        var stream = new YamlStream();
        using (var text = File.OpenText(path)) stream.Load(text);
        var root = (YamlMappingNode)stream.Documents[0].RootNode;
        _parts = [.. RulePart.All.Select(part => ((YamlSequenceNode)root[part.Key]).Cast<YamlMappingNode>().Select(rule => Read(rule, part)).ToList())];
    }

    /// <summary>All fields of a text, in the order of <see cref="UserAgentField"/>.</summary>
    public string?[] Read(string userAgent) => [.. RulePart.All.Zip(_parts).SelectMany(pair => Read(userAgent, pair.First, pair.Second))];

    private static string?[] Read(string userAgent, RulePart part, List<(Regex Regex, string?[] Texts)> rules)
    {
        foreach (var (regex, texts) in rules)
        {
            var match = regex.Match(userAgent);
            if (!match.Success) continue;
            var fields = texts.Select(text => text is null ? null : Fill(text, match)).ToArray();
            fields[0] ??= "Other";
            return fields;
        }

        return ["Other", .. new string?[part.Fields.Count - 1]];
    }

    private static string? Fill(string text, Match match)
    {
        var filled = Regex.Replace(text, @"\$([1-9])", number => match.Groups[int.Parse(number.Groups[1].ValueSpan)].Value).Trim(' ', '\t', '\r', '\n');
        return filled.Length == 0 ? null : filled;
    }

    private static (Regex Regex, string?[] Texts) Read(YamlMappingNode rule, RulePart part)
    {
        var values = rule.ToDictionary(pair => ((YamlScalarNode)pair.Key).Value!, pair => ((YamlScalarNode)pair.Value).Value);
        // ECMAScript: classes are of ASCII, as in the engines that uap-core is written for.
        var options = RegexOptions.ECMAScript | (values.ContainsKey("regex_flag") ? RegexOptions.IgnoreCase : RegexOptions.None);
        return (
            new Regex(values["regex"]!, options),
            [.. part.Fields.Select(field => values.TryGetValue(field.Key, out var text) ? text : field.Group == 0 ? null : $"${field.Group}")]);
    }
}
