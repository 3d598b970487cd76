using System.Buffers;

namespace Snowplow.Enrich.UserAgents;

/// <summary>
/// Reads user agents by the rules of uap-core: in each of its three parts the first rule that matches, in the order of the file.
/// Keeps its buffers from text to text and allocates nothing. Not thread-safe.
/// </summary>
internal sealed class UserAgentReader
{
    private static readonly int FieldCount = Enum.GetValues<UserAgentField>().Length;

    private readonly UserAgentRules _rules;
    private readonly RuleMatch _match;
    private readonly ulong[] _marks;
    private readonly ArrayBufferWriter<byte> _values = new(1024);
    private readonly Range[] _fields = new Range[FieldCount];

    /// <summary>Reads by some rules.</summary>
    public UserAgentReader(UserAgentRules rules)
    {
        _rules = rules;
        _match = new RuleMatch(rules.Tables);
        _marks = new ulong[rules.MarkWords];
    }

    /// <summary>A field of the last text, without white space around it; empty where it is undefined. Families are <c>Other</c> then.</summary>
    public ReadOnlySpan<byte> this[UserAgentField field] => _values.WrittenSpan[_fields[(int)field]];

    /// <summary>How many steps the patterns took for the last text.</summary>
    public int Steps => _match.Steps;

    /// <summary>Reads a text.</summary>
    /// <param name="userAgent">UTF-8; of a long one the first <see cref="FoldedText.MaxCharacters"/> characters count.</param>
    public void Read(ReadOnlySpan<byte> userAgent)
    {
        _match.Begin(userAgent);
        _values.ResetWrittenCount();
        Array.Clear(_fields);
        _rules.Mark(_match.Lower, _marks);
        for (var part = 0; part < RulePart.All.Count; part++) ReadPart(part);
    }

    private void ReadPart(int part)
    {
        var family = (int)RulePart.All[part].First;
        foreach (var rule in _rules.Marked(part, _marks))
        {
            if (!_match.IsMatch(rule)) continue;
            for (var field = 0; field < rule.Texts.Length; field++)
            {
                if (rule.Texts[field] is { } text) _fields[family + field] = Write(text);
            }

            break;
        }

        if (_fields[family].Equals(default)) _fields[family] = WriteOther();
    }

    private Range Write(ReplacementText text)
    {
        var start = _values.WrittenCount;
        text.Write(_match, _values);
        var written = _values.WrittenSpan[start..];
        var trimmed = written.TrimStart(" \t\r\n"u8);
        start += written.Length - trimmed.Length;
        trimmed = trimmed.TrimEnd(" \t\r\n"u8);
        return trimmed.IsEmpty ? default : start..(start + trimmed.Length);
    }

    private Range WriteOther()
    {
        var start = _values.WrittenCount;
        _values.Write("Other"u8);
        return start.._values.WrittenCount;
    }
}
