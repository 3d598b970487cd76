using System.Text;
using System.Text.RegularExpressions;
using Snowplow.Enrich.UserAgents.Patterns;

namespace Snowplow.Enrich.UserAgents;

/// <summary>Tries rules on a text, and holds the groups of the last that matched. Not thread-safe.</summary>
internal sealed class RuleMatch(PatternTables tables)
{
    /// <summary>Steps that all the rules together may take on one text: some ms. None of uap-core's test cases needs a fiftieth.</summary>
    public const int MaxSteps = 1_000_000;

    private readonly FoldedText _text = new();
    private readonly PatternMachine _machine = new(tables);
    private string? _string;
    private Match? _match;

    /// <summary>The text in lower case.</summary>
    public ReadOnlySpan<byte> Lower => _text.Lower[..^1];

    /// <summary>Steps that the current text has cost.</summary>
    public int Steps => MaxSteps - _machine.Budget;

    /// <summary>Takes another text.</summary>
    public void Begin(ReadOnlySpan<byte> utf8)
    {
        _text.Set(utf8);
        _machine.Budget = MaxSteps;
        _string = null;
    }

    /// <summary>Whether a rule matches. Once the text has cost too much, none does.</summary>
    public bool IsMatch(UserAgentRule rule)
    {
        _match = null;
        if (rule.Program is { } program) return _machine.IsMatch(program, program.IgnoresCase ? _text.Lower : _text.Text);
        _string ??= Encoding.UTF8.GetString(_text.Utf8);
        try
        {
            _match = rule.Regex!.Match(_string);
            return _match.Success;
        }
        catch (RegexMatchTimeoutException)
        {
            // A slow rule of the user's own on a hostile text.
            return false;
        }
    }

    /// <summary>The text of a group of the match, in UTF-8; empty for one that took no part.</summary>
    public ReadOnlySpan<byte> Group(int number) =>
        _match is not null ? Encoding.UTF8.GetBytes(_match.Groups[number].Value) : _text[_machine.Group(number)];
}
