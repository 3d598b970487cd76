using System.Text.RegularExpressions;
using Snowplow.Enrich.UserAgents.Patterns;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Snowplow.Enrich.UserAgents;

/// <summary>Reads uap-core's <c>regexes.yaml</c>.</summary>
internal static class RuleFile
{
    // What .NET's engine may take for a rule on one text; a rule that takes longer counts as not matching.
    private static readonly TimeSpan RegexTimeout = TimeSpan.FromMilliseconds(20);

    /// <summary>Reads the rules of each part of <see cref="RulePart.All"/>, in order.</summary>
    /// <param name="text">The YAML.</param>
    /// <param name="tables">Receives what the patterns share.</param>
    /// <exception cref="InvalidDataException">The text is no such file; the message says where and why.</exception>
    public static IReadOnlyList<IReadOnlyList<UserAgentRule>> Read(TextReader text, PatternTables tables)
    {
        var root = Parse(text);
        var errors = new List<string>();
        var parts = RulePart.All.Select(part => ReadPart(root, part, tables, errors)).ToList();
        return errors.Count == 0 ? parts : throw new InvalidDataException(string.Join("; ", errors));
    }

    private static YamlMappingNode Parse(TextReader text)
    {
        var stream = new YamlStream();
        try
        {
            stream.Load(text);
        }
        catch (YamlException e)
        {
            throw new InvalidDataException($"line {e.Start.Line}: this is no YAML: {e.Message}", e);
        }

        return stream.Documents is [{ RootNode: YamlMappingNode root }]
            ? root
            : throw new InvalidDataException($"this is no file of rules as uap-core's regexes.yaml: it needs the lists {Keys}");
    }

    private static string Keys => string.Join(", ", RulePart.All.Select(part => part.Key));

    private static List<UserAgentRule> ReadPart(YamlMappingNode root, RulePart part, PatternTables tables, List<string> errors)
    {
        var rules = new List<UserAgentRule>();
        if (!root.Children.TryGetValue(part.Key, out var node) || node is not YamlSequenceNode list)
        {
            errors.Add($"the list {part.Key} is missing");
            return rules;
        }

        foreach (var item in list)
        {
            if (item is not YamlMappingNode rule || Text(rule, "regex") is not { } pattern)
            {
                errors.Add($"line {item.Start.Line}: a rule needs a regex");
                continue;
            }

            try
            {
                rules.Add(ReadRule(rule, pattern, part, tables));
            }
            catch (ArgumentException e)
            {
                errors.Add($"line {item.Start.Line}: the regex cannot be used: {e.Message}");
            }
        }

        return rules;
    }

    private static UserAgentRule ReadRule(YamlMappingNode rule, string pattern, RulePart part, PatternTables tables)
    {
        var ignoreCase = Text(rule, "regex_flag") == "i";
        ReplacementText?[] texts =
        [
            .. part.Fields.Select(field => Text(rule, field.Key) is { } text
                ? ReplacementText.Parse(text)
                : field.Group > 0 ? ReplacementText.OfGroup(field.Group) : null),
        ];
        if (PatternParser.Parse(pattern, ignoreCase) is { } node && PatternCompiler.Compile(node, ignoreCase, tables) is { } program)
            return new UserAgentRule(program, null, RequiredLiterals.Of(node), texts);
        var options = RegexOptions.CultureInvariant | (ignoreCase ? RegexOptions.IgnoreCase : RegexOptions.None);
        return new UserAgentRule(null, new Regex(pattern, options, RegexTimeout), [], texts);
    }

    private static string? Text(YamlMappingNode rule, string key) =>
        rule.Children.TryGetValue(key, out var node) && node is YamlScalarNode scalar ? scalar.Value : null;
}
