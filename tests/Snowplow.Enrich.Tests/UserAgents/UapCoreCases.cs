using Snowplow.Enrich.Tests.JsonSchema;
using YamlDotNet.RepresentationModel;

namespace Snowplow.Enrich.Tests.UserAgents;

/// <summary>The test cases of uap-core, which lie beside the repository.</summary>
internal static class UapCoreCases
{
    /// <summary>The cases of a file: the text, and what is expected of it by key; null for an undefined field.</summary>
    public static IReadOnlyList<(string UserAgent, Dictionary<string, string?> Expected)> Read(string file)
    {
        var stream = new YamlStream();
        using (var text = File.OpenText(Path.Combine(SharedFiles.Folder("uap-core"), file))) stream.Load(text);
        var cases = (YamlSequenceNode)((YamlMappingNode)stream.Documents[0].RootNode)["test_cases"];
        return [.. cases.Cast<YamlMappingNode>().Select(Read)];
    }

    /// <summary>The distinct texts of all files.</summary>
    public static IReadOnlyList<string> UserAgents() =>
        [.. new[] { "test_ua.yaml", "test_os.yaml", "test_device.yaml" }.SelectMany(Read).Select(item => item.UserAgent).Distinct()];

    private static (string UserAgent, Dictionary<string, string?> Expected) Read(YamlMappingNode node)
    {
        var values = node.ToDictionary(
            pair => ((YamlScalarNode)pair.Key).Value!,
            pair => (YamlScalarNode)pair.Value is { Style: YamlDotNet.Core.ScalarStyle.Plain, Value: "" or "null" or "~" } ? null : ((YamlScalarNode)pair.Value).Value);
        values.Remove("user_agent_string", out var userAgent);
        return (userAgent!, values);
    }
}
