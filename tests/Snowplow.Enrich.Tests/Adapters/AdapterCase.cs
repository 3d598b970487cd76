using System.Text;
using System.Text.Json.Nodes;
using Snowplow.Enrich.Tests.Pipeline;
using Snowplow.Events.Collector;

namespace Snowplow.Enrich.Tests.Adapters;

/// <summary>
/// A request of a webhook and what becomes of it, from a file in <c>Cases/</c>. A file holds cases between lines of <c>====</c>:
/// a title, the request as HTTP has it, a line of <c>----</c>, and the outcomes as a JSON array. For the eye's sake, lines
/// <c>? name=value</c> behind the request's line are parameters of the query string, and lines <c>> name=value</c> are the body
/// of a form, both to be encoded; <c>→</c> stands for a tab.
/// </summary>
/// <remarks>
/// An outcome is <c>{schema, data, fields?, entities?}</c> (fields: columns of the event, entities: contexts) or
/// <c>{bad, messages, body?}</c> (body: that of a bad row's payload). The events come first.
/// </remarks>
internal sealed record AdapterCase(string File, string Title, CollectorPayload Request, IReadOnlyList<JsonObject> Outcomes)
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Adapters", "Cases");

    /// <summary>All cases, in the order of their files.</summary>
    public static IReadOnlyList<AdapterCase> All { get; } =
        [.. Directory.EnumerateFiles(Folder, "*.txt").Order(StringComparer.Ordinal).SelectMany(Read)];

    private static IEnumerable<AdapterCase> Read(string file) =>
        System.IO.File.ReadAllText(file).Split("\n====\n").Select(text => Parse(Path.GetFileNameWithoutExtension(file), text.Trim('\n')));

    private static AdapterCase Parse(string file, string text)
    {
        var halves = text.Split("\n----\n");
        var title = halves[0].Split('\n')[0].TrimStart('#', ' ');
        var outcomes = JsonNode.Parse(halves[1])!.AsArray().Select(node => node!.AsObject()).ToList();
        return new AdapterCase(file, title, ParseRequest(halves[0].Split('\n')[1..]), outcomes);
    }

    private static CollectorPayload ParseRequest(string[] lines)
    {
        var target = lines[0].Split(' ')[1].Split('?');
        var empty = Array.IndexOf(lines, "");
        var head = lines[1..(empty < 0 ? lines.Length : empty)];
        var body = empty < 0 ? [] : lines[(empty + 1)..];
        var query = head.Where(line => line.StartsWith("? ", StringComparison.Ordinal)).Select(Encode);
        var contentType = head.SingleOrDefault(line => line.StartsWith("Content-Type: ", StringComparison.Ordinal));
        return Harness.Request with
        {
            Path = target[0],
            Querystring = string.Join('&', target.Skip(1).Concat(query)),
            ContentType = contentType?["Content-Type: ".Length..],
            Body = body.Length == 0 ? null : Encoding.UTF8.GetBytes(
                body[0].StartsWith("> ", StringComparison.Ordinal) ? string.Join('&', body.Select(Encode)) : string.Join('\n', body).Replace('→', '\t')),
        };
    }

    private static string Encode(string line)
    {
        var equals = line.IndexOf('=');
        return $"{Uri.EscapeDataString(line[2..equals])}={Uri.EscapeDataString(line[(equals + 1)..])}";
    }

    /// <inheritdoc/>
    public override string ToString() => $"{File}: {Title}";
}
