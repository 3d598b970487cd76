using System.Text;
using System.Text.RegularExpressions;
using Snowplow.Enrich.Tests.Pipeline;
using Snowplow.Enrich.UserAgents.Patterns;

namespace Snowplow.Enrich.Tests.UserAgents;

/// <summary>Random expressions on random texts over a few letters, with .NET's engine as the oracle.</summary>
public sealed class PatternTests
{
    private const int Groups = 9;
    private const int Texts = 20;

    [Fact]
    public void Machine_WithRepetitionsWithinRepetitions_AgreesWithDotNetIfItMayTakeItsTime()
    {
        const string pattern = @"((a[a;1-9]).{0,2}?|.?(?:(?:\s([ab]\d?|)??)??(?:\S|\s[A-Za-z][^a]|ab)(?:[A-Za-z]|\b\w*)?))+((\.??|\s??|b)?(?:)1*?)1";
        var tables = new PatternTables();
        var program = PatternCompiler.Compile(PatternParser.Parse(pattern, ignoreCase: false)!, ignoreCase: false, tables)!;

        new PatternMachine(tables) { Budget = 1_000_000 }.IsMatch(program, [.. "11 aAba;aB ab"u8, CharacterSet.End]).ShouldBeFalse();
        new PatternMachine(tables) { Budget = int.MaxValue }.IsMatch(program, [.. "11 aAba;aB ab"u8, CharacterSet.End]).ShouldBeTrue();
    }

    [Fact]
    public void Machine_OnRandomPatterns_AgreesWithDotNet()
    {
        var random = new Random(1);
        var (compiled, compared, givenUp) = (0, 0, 0);
        for (var round = 0; round < Fuzz.Cases(500 * Texts) / Texts; round++)
        {
            var pattern = Pattern(random, 4);
            var ignoreCase = random.Next(3) == 0;
            var tables = new PatternTables();
            if (PatternParser.Parse(pattern, ignoreCase) is not { } node || PatternCompiler.Compile(node, ignoreCase, tables) is not { } program) continue;
            compiled++;
            var regex = new Regex(pattern, RegexOptions.ECMAScript | (ignoreCase ? RegexOptions.IgnoreCase : RegexOptions.None));
            var required = RequiredLiterals.Of(node);
            for (var count = 0; count < Texts; count++)
            {
                if (Check(program, tables, required, regex, Text(random))) compared++;
                else givenUp++;
            }
        }

        compiled.ShouldBeGreaterThan(150);
        givenUp.ShouldBeLessThan(compared / 1000);
    }

    // False where the machine gave up: repetitions within repetitions may take longer than any budget.
    private static bool Check(
        PatternProgram program, PatternTables tables, IReadOnlyList<IReadOnlyList<string>> required, Regex regex, string text)
    {
        var machine = new PatternMachine(tables) { Budget = 1_000_000 };
        byte[] folded = [.. Encoding.ASCII.GetBytes(program.IgnoresCase ? text.ToLowerInvariant() : text), CharacterSet.End];
        var expected = regex.Match(text);
        var isMatch = machine.IsMatch(program, folded);
        if (machine.Budget <= 0) return false;
        isMatch.ShouldBe(expected.Success, $"{regex} on {text}");
        if (!isMatch) return true;
        for (var group = 1; group <= Groups; group++)
            text[machine.Group(group)].ShouldBe(expected.Groups[group].Value, $"{regex} on {text}, group {group}");
        foreach (var list in required)
            list.ShouldContain(literal => text.Contains(literal, StringComparison.OrdinalIgnoreCase), $"{regex} on {text}");
        return true;
    }

    private static string Text(Random random) => string.Concat(Enumerable.Range(0, random.Next(14)).Select(_ => "abAB1 ;\n"[random.Next(random.Next(1, 9))]));

    private static string Pattern(Random random, int depth)
    {
        var pattern = new StringBuilder();
        for (var pieces = random.Next(1, 4); pieces > 0; pieces--)
        {
            var isGroup = depth > 0 && random.Next(3) == 0;
            pattern.Append(isGroup ? Group(random, depth) : Piece(random));
            if (pattern[^1] is '^' or '$' || (pattern.Length > 1 && pattern[^2] == '\\' && pattern[^1] == 'b')) continue;
            if (random.Next(3) == 0) pattern.Append(Quantifier(random));
        }

        return pattern.ToString();
    }

    private static string Group(Random random, int depth)
    {
        var alternatives = Enumerable.Range(0, random.Next(1, 4)).Select(_ => random.Next(6) == 0 ? "" : Pattern(random, depth - 1));
        return $"({(random.Next(2) == 0 ? "?:" : "")}{string.Join('|', alternatives)})";
    }

    private static string Piece(Random random)
    {
        string[] pieces = ["a", "b", "A", "1", "ab", " ", ";", ".", "\\d", "\\w", "\\s", "\\S", "[ab]", "[^a]", "[A-Za-z]", "[^; ]", "\\b", "^", "$", "[a;1-9]", "\\."];
        return pieces[random.Next(pieces.Length)];
    }

    private static string Quantifier(Random random)
    {
        string[] quantifiers = ["?", "*", "+", "{2}", "{0,2}", "{1,3}", "{2,}"];
        return quantifiers[random.Next(quantifiers.Length)] + (random.Next(3) == 0 ? "?" : "");
    }
}
