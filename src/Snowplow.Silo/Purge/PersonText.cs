using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;

namespace Snowplow.Silo.Purge;

/// <summary>
/// Finds ids in text of any kind, such as payloads and bad rows: as they are, percent-encoded, and within base64. Ids that could be a word
/// or a number of something else count only as the value of a field or parameter that holds ids.
/// </summary>
internal sealed partial class PersonText
{
    // Longer ones, and addresses, mean nothing else.
    private const int SureLength = 16;

    // Base64 within base64 within a bad row.
    private const int MostDepth = 4;

    private const string Fields = "t?nuid|d?uid|sid|sp|user_?id|domain_userid|network_?userid|domain_sessionid|session_?id";

    private readonly SearchValues<string> _sure;
    private readonly Regex? _unsure;

    public PersonText(IEnumerable<string> ids)
    {
        var bySureness = ids.Where(id => id.Length > 0).Distinct().ToLookup(id => id.Length >= SureLength || (id.Length > 5 && id.Contains('@', StringComparison.Ordinal)));
        _sure = SearchValues.Create([.. bySureness[true]], StringComparison.OrdinalIgnoreCase);
        if (bySureness[false].Any())
        {
            var unsure = string.Join('|', bySureness[false].Select(Regex.Escape));
            _unsure = new Regex($@"(?<![a-z_])(?:{Fields})(?:\\*""?\s*[:=]\s*\\*""?)(?:{unsure})(?![\w.@-])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);
        }
    }

    /// <summary>Whether a text names one of the ids.</summary>
    public bool Names(ReadOnlySpan<byte> bytes) => Names(Encoding.UTF8.GetString(bytes), 0);

    private bool Names(string text, int depth)
    {
        if (text.AsSpan().IndexOfAny(_sure) >= 0 || _unsure?.IsMatch(text) == true) return true;
        if (depth == MostDepth) return false;
        if (text.Contains('%', StringComparison.Ordinal) && Uri.UnescapeDataString(text) is var plain && plain != text && Names(plain, depth + 1)) return true;
        foreach (var run in Base64Run().EnumerateMatches(text))
            if (Decode(text.AsSpan(run.Index, run.Length)) is { } inner && Names(inner, depth + 1)) return true;
        return false;
    }

    private static string? Decode(ReadOnlySpan<char> base64)
    {
        base64 = base64.TrimEnd('=');
        if (base64.Length % 4 == 1) base64 = base64[..^1];
        var text = base64.ToString().Replace('-', '+').Replace('_', '/').PadRight((base64.Length + 3) / 4 * 4, '=');
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var length) && IsMostlyText(bytes.AsSpan(0, length)) ? Encoding.UTF8.GetString(bytes.AsSpan(0, length)) : null;
    }

    // What is no base64, such as a long word, gives bytes of which a third or so is printable; JSON and Thrift payloads are most of it.
    private static bool IsMostlyText(ReadOnlySpan<byte> bytes)
    {
        var printable = 0;
        foreach (var value in bytes)
            if (value is >= 0x20 and < 0x7f) printable++;
        return printable * 10 >= bytes.Length * 6;
    }

    [GeneratedRegex("[A-Za-z0-9+/_-]{12,}={0,2}")]
    private static partial Regex Base64Run();
}
