using System.Text;
using System.Xml;
using Snowplow.Kql.Data;

namespace Snowplow.Kql.Functions;

/// <summary>
/// XML as dynamic values: an element is null, its text, or a bag of its attributes (<c>@name</c>), elements and text (<c>#text</c>); what comes several
/// times is an array. White space around text is dropped; comments, instructions and the like are skipped.
/// </summary>
internal static class XmlBag
{
    private const int MaxBytes = 1 << 20;
    private const int MaxDepth = 200;

    private static readonly XmlReaderSettings Settings = new() { DtdProcessing = DtdProcessing.Ignore, IgnoreComments = true, IgnoreProcessingInstructions = true, XmlResolver = null };

    /// <summary>A bag of the root element; null where the text is no XML, longer than 1 MiB, or nested deeper than 200.</summary>
    public static object? Parse(string text)
    {
        if (Encoding.UTF8.GetByteCount(text) > MaxBytes) return null;
        try
        {
            using var reader = XmlReader.Create(new StringReader(text.TrimStart()), Settings);
            reader.MoveToContent();
            var root = new Bag { [reader.Name] = Element(reader) };
            while (reader.Read())
            {
                // What follows the root must be well-formed as well.
            }

            return root;
        }
        catch (XmlException)
        {
            return null;
        }
    }

    private static object? Element(XmlReader reader)
    {
        if (reader.Depth > MaxDepth) throw new XmlException();
        var isEmpty = reader.IsEmptyElement;
        var bag = new Bag();
        while (reader.MoveToNextAttribute()) bag[$"@{reader.Name}"] = reader.Value;
        while (!isEmpty && reader.Read() && reader.NodeType != XmlNodeType.EndElement)
        {
            if (reader.NodeType == XmlNodeType.Element) Add(bag, reader.Name, Element(reader));
            else if (reader.NodeType is XmlNodeType.Text or XmlNodeType.CDATA && reader.Value.Trim() is { Length: > 0 } text) Add(bag, "#text", text);
        }

        return bag.Count == 0 ? null : bag.Count == 1 && bag.TryGetValue("#text", out var only) ? only : bag;
    }

    private static void Add(Bag bag, string name, object? value) =>
        bag[name] = bag.TryGetValue(name, out var before) ? before is object?[] several ? [.. several, value] : new[] { before, value } : value;
}
