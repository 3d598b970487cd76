using System.Text;

namespace Snowplow.Enrich.JsonSchema;

/// <summary>
/// A <c>format</c> that is checked: the six of draft-04 (validation §7.3), and <c>date</c>, <c>uuid</c> and <c>regex</c>, which Iglu
/// schemas use too. Formats with other names say nothing about a value.
/// </summary>
internal sealed class StringFormat
{
    private static readonly Dictionary<string, StringFormat> All = new StringFormat[]
    {
        new("date", DateTimeFormat.IsDate),
        new("date-time", DateTimeFormat.IsDateTime),
        new("email", EmailFormat.IsEmail),
        new("hostname", HostnameFormat.IsHostname),
        new("ipv4", IpFormat.IsIpv4),
        new("ipv6", IpFormat.IsIpv6),
        new("regex", text => EcmaPattern.TryCompile(Encoding.UTF8.GetString(text), out _, out _)),
        new("uri", UriFormat.IsUri),
        new("uuid", UuidFormat.IsUuid),
    }.ToDictionary(format => format.Name);

    private readonly Check _check;

    private StringFormat(string name, Check check) => (Name, _check) = (name, check);

    private delegate bool Check(ReadOnlySpan<byte> text);

    /// <summary>The name that schemas use.</summary>
    public string Name { get; }

    /// <summary>The format of a name; null if it is not checked.</summary>
    public static StringFormat? Find(string name) => All.GetValueOrDefault(name);

    /// <summary>Whether a text, UTF-8 without JSON escapes, has the format.</summary>
    public bool IsMatch(ReadOnlySpan<byte> text) => _check(text);
}
