using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Snowplow.Enrich.JsonPaths;

/// <summary>
/// A JSONPath as enrichment configurations use it: <c>$</c>, <c>.name</c>, <c>['name']</c>, <c>[0]</c>, <c>[-1]</c>, <c>[0:2]</c>, <c>[*]</c>, <c>.*</c>,
/// <c>..name</c>, unions such as <c>['a','b']</c>, and filters such as <c>[?(@.a == 'b' &amp;&amp; @.c)]</c>. Parsed once. Thread-safe.
/// </summary>
internal sealed class JsonPath
{
    private readonly IReadOnlyList<PathStep> _steps;

    /// <summary>Puts a path together.</summary>
    internal JsonPath(IReadOnlyList<PathStep> steps) => _steps = steps;

    /// <summary>Reads a path.</summary>
    /// <param name="text">The text, which begins with <c>$</c>.</param>
    /// <param name="path">The path.</param>
    /// <param name="error">What is wrong with the text, a clause without a full stop.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out JsonPath? path, [NotNullWhen(false)] out string? error)
    {
        try
        {
            path = new JsonPath(new JsonPathParser(text).ReadPath());
            error = null;
            return true;
        }
        catch (FormatException e)
        {
            path = null;
            error = e.Message;
            return false;
        }
    }

    /// <summary>Finds all that the path leads to.</summary>
    /// <param name="root">Where <c>$</c> (or <c>@</c>) is.</param>
    /// <param name="matches">Receives what is found, in the order of the text; not cleared before.</param>
    public void Select(JsonElement root, List<JsonElement> matches) => Walk(root, 0, matches);

    /// <summary>Whether the path leads to anything.</summary>
    public bool TrySelectFirst(JsonElement root, out JsonElement first)
    {
        var matches = new List<JsonElement>();
        Select(root, matches);
        first = matches.Count > 0 ? matches[0] : default;
        return matches.Count > 0;
    }

    private void Walk(JsonElement at, int depth, List<JsonElement> matches)
    {
        if (depth == _steps.Count)
        {
            matches.Add(at);
            return;
        }

        foreach (var next in _steps[depth].From(at)) Walk(next, depth + 1, matches);
    }
}
