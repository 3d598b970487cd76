using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Snowplow.Enrich.JsonPaths;

/// <summary>Reads the text of a <see cref="JsonPath"/>, left to right.</summary>
internal sealed class JsonPathParser(string text)
{
    private const string EndsName = ".[]()*'\"=!<>&|, ";

    private static readonly string[] Operators = ["==", "!=", "<=", ">=", "<", ">"];

    private int _at;

    /// <summary>Reads a whole path.</summary>
    /// <exception cref="FormatException">The text is none.</exception>
    public IReadOnlyList<PathStep> ReadPath()
    {
        if (!Take("$")) throw Wrong("must begin with '$'");
        var steps = ReadSteps();
        return _at == text.Length ? steps : throw Wrong("is not understood");
    }

    private List<PathStep> ReadSteps()
    {
        var steps = new List<PathStep>();
        while (true)
        {
            if (Take("..")) steps.Add(new DescendStep(Peek('[') ? ReadBracket() : ReadName()));
            else if (Take(".")) steps.Add(ReadName());
            else if (Peek('[')) steps.Add(ReadBracket());
            else return steps;
        }
    }

    private PathStep ReadName()
    {
        if (Take("*")) return new AnyStep();
        var start = _at;
        while (_at < text.Length && !EndsName.Contains(text[_at])) _at++;
        if (_at == start) throw Wrong("lacks a name");
        return Peek('(') ? throw Wrong("calls a function, which is not supported") : new NameStep(text[start.._at]);
    }

    private PathStep ReadBracket()
    {
        Expect("[");
        Space();
        if (Take("?("))
        {
            var condition = ReadAny();
            Expect(")");
            Expect("]");
            return new FilterStep(condition);
        }

        var steps = new List<PathStep>();
        do
        {
            Space();
            steps.Add(Take("*") ? new AnyStep() : Peek('\'') || Peek('"') ? new NameStep(ReadQuoted()) : ReadIndex());
            Space();
        }
        while (Take(","));
        Expect("]");
        return steps.Count == 1 ? steps[0] : new UnionStep(steps);
    }

    private PathStep ReadIndex()
    {
        var start = ReadInteger();
        if (!Take(":")) return new IndexStep(start ?? throw Wrong("lacks a name in quotes, a number or '*' in brackets"));
        var end = ReadInteger();
        var stride = Take(":") ? ReadInteger() : null;
        return stride <= 0 ? throw Wrong("has a step that is not positive") : new SliceStep(start, end, stride ?? 1);
    }

    private int? ReadInteger()
    {
        var start = _at;
        if (Peek('-')) _at++;
        while (_at < text.Length && char.IsAsciiDigit(text[_at])) _at++;
        if (start == _at) return null;
        return int.TryParse(text.AsSpan(start, _at - start), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw Wrong("has a number that is none or too large");
    }

    private string ReadQuoted()
    {
        var quote = text[_at++];
        var value = new StringBuilder();
        while (_at < text.Length && text[_at] != quote)
        {
            if (text[_at] == '\\' && _at + 1 < text.Length) _at++;
            value.Append(text[_at++]);
        }

        if (_at == text.Length) throw Wrong("has a quote that is not closed");
        _at++;
        return value.ToString();
    }

    private PathCondition ReadAny()
    {
        var parts = new List<PathCondition> { ReadAll() };
        while (Take("||")) parts.Add(ReadAll());
        return parts.Count == 1 ? parts[0] : new AnyCondition(parts);
    }

    private PathCondition ReadAll()
    {
        var parts = new List<PathCondition>();
        do
        {
            Space();
            parts.Add(ReadCondition());
            Space();
        }
        while (Take("&&"));
        return parts.Count == 1 ? parts[0] : new AllCondition(parts);
    }

    private PathCondition ReadCondition()
    {
        if (Take("("))
        {
            var inner = ReadAny();
            Expect(")");
            return inner;
        }

        if (!Take("@")) throw Wrong("has a condition that does not begin with '@'");
        var path = new JsonPath(ReadSteps());
        Space();
        if (Array.Find(Operators, Take) is not { } comparison) return new PresenceCondition(path);
        Space();
        return new ComparisonCondition(path, comparison, ReadConstant());
    }

    private JsonElement ReadConstant()
    {
        if (Peek('\'') || Peek('"')) return JsonSerializer.SerializeToElement(ReadQuoted());
        var start = _at;
        while (_at < text.Length && (char.IsAsciiLetterOrDigit(text[_at]) || text[_at] is '-' or '+' or '.')) _at++;
        try
        {
            return JsonDocument.Parse(text[start.._at]).RootElement;
        }
        catch (JsonException)
        {
            throw Wrong("compares with what is no string in quotes, number, true, false or null");
        }
    }

    private bool Peek(char expected) => _at < text.Length && text[_at] == expected;

    private bool Take(string expected)
    {
        if (string.CompareOrdinal(text, _at, expected, 0, expected.Length) != 0) return false;
        _at += expected.Length;
        return true;
    }

    private void Expect(string expected)
    {
        Space();
        if (!Take(expected)) throw Wrong($"lacks '{expected}'");
    }

    private void Space()
    {
        while (Peek(' ')) _at++;
    }

    private FormatException Wrong(string what) => new($"the JSONPath '{text}' {what} (at character {_at + 1})");
}
