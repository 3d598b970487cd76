using System.Buffers;
using System.Text;

namespace Snowplow.Enrich.UserAgents;

/// <summary>A <c>*_replacement</c> of uap-core: text with <c>$1</c> to <c>$9</c> for the groups of the match. Immutable.</summary>
internal sealed class ReplacementText
{
    private readonly (byte[] Text, int Group)[] _pieces;

    private ReplacementText((byte[] Text, int Group)[] pieces) => _pieces = pieces;

    /// <summary>The text of one group.</summary>
    public static ReplacementText OfGroup(int number) => new([([], number)]);

    /// <summary>Parses a text.</summary>
    public static ReplacementText Parse(string text)
    {
        var pieces = new List<(byte[] Text, int Group)>();
        var start = 0;
        for (var at = 0; at + 1 < text.Length; at++)
        {
            if (text[at] != '$' || text[at + 1] is < '1' or > '9') continue;
            pieces.Add((Encoding.UTF8.GetBytes(text[start..at]), text[at + 1] - '0'));
            start = at + 2;
        }

        pieces.Add((Encoding.UTF8.GetBytes(text[start..]), 0));
        return new ReplacementText([.. pieces]);
    }

    /// <summary>Writes the text with the groups of a match in place; a group that took no part is empty.</summary>
    public void Write(RuleMatch match, IBufferWriter<byte> output)
    {
        foreach (var (text, group) in _pieces)
        {
            output.Write(text);
            if (group > 0) output.Write(match.Group(group));
        }
    }
}
