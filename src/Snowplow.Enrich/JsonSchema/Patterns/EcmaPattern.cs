using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace Snowplow.Enrich.JsonSchema;

/// <summary>A regular expression of ECMA-262 with Unicode semantics, unanchored, as draft-04 (validation §3.3) has them.</summary>
internal sealed class EcmaPattern
{
    /// <summary>Time that one match may take. Patterns that backtrack without bound meet it, ordinary ones take microseconds.</summary>
    private static readonly TimeSpan MatchTimeout = TimeSpan.FromMilliseconds(100);

    private const int StackChars = 256;

    private readonly string _source;
    private readonly Regex _regex;

    private EcmaPattern(string source, Regex regex) => (_source, _regex) = (source, regex);

    /// <summary>Compiles a pattern; false with a reason if it is none.</summary>
    public static bool TryCompile(string source, [NotNullWhen(true)] out EcmaPattern? pattern, [NotNullWhen(false)] out string? error)
    {
        pattern = null;
        if (!EcmaTranslator.TryTranslate(source, out var translated, out error))
            return false;

        try
        {
            pattern = new EcmaPattern(source, new Regex(translated, RegexOptions.CultureInvariant | RegexOptions.Compiled, MatchTimeout));
            return true;
        }
        catch (ArgumentException malformed)
        {
            error = malformed.Message;
            return false;
        }
    }

    /// <summary>Looks for the pattern in a string token, escaped as it stands in its JSON.</summary>
    public PatternOutcome Match(ReadOnlySpan<byte> raw, bool escaped)
    {
        var rented = raw.Length > StackChars ? ArrayPool<char>.Shared.Rent(raw.Length) : null;
        Span<char> chars = rented ?? stackalloc char[StackChars];
        var length = JsonText.UnescapeToUtf16(raw, chars);
        try
        {
            return _regex.IsMatch(chars[..length]) ? PatternOutcome.Matched : PatternOutcome.NotMatched;
        }
        catch (RegexMatchTimeoutException)
        {
            return PatternOutcome.TimedOut;
        }
        finally
        {
            if (rented is not null)
                ArrayPool<char>.Shared.Return(rented);
        }
    }

    /// <summary>The pattern as the schema has it.</summary>
    public override string ToString() => _source;
}
