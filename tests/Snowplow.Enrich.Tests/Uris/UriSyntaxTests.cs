using System.Text;
using Snowplow.Enrich.Uris;

namespace Snowplow.Enrich.Tests.Uris;

public sealed class UriSyntaxTests
{
    // uri | scheme | host | port | path | query | fragment
    [Theory]
    [InlineData("http://www.acme.com", "http", "www.acme.com", null, "", "", "")]
    [InlineData("https://user:pw@www.acme.com:8443/a/b%20c?x=1&y=%C3%A4#top", "https", "www.acme.com", 8443, "/a/b%20c", "x=1&y=%C3%A4", "top")]
    [InlineData("http://www.acme.com:/x", "http", "www.acme.com", null, "/x", "", "")]
    [InlineData("HTTP://WWW.Acme.COM/./a/../b", "HTTP", "WWW.Acme.COM", null, "/./a/../b", "", "")]
    [InlineData("http://acme.com?q#f?g", "http", "acme.com", null, "", "q", "f?g")]
    [InlineData("http://acme.com./", "http", "acme.com.", null, "/", "", "")]
    [InlineData("http://127.0.0.1:80/", "http", "127.0.0.1", 80, "/", "", "")]
    [InlineData("http://[2001:db8::1]:8080/x", "http", "[2001:db8::1]", 8080, "/x", "", "")]
    [InlineData("http://my_shop.acme.com/x?y", "http", "", null, "/x", "y", "")]
    [InlineData("http://acme.com:80x/x", "http", "", null, "/x", "", "")]
    [InlineData("http://1.2.3/x", "http", "", null, "/x", "", "")]
    [InlineData("http://localhost", "http", "localhost", null, "", "", "")]
    [InlineData("http://1host", "http", "1host", null, "", "", "")]
    [InlineData("http://-a.com/", "http", "", null, "/", "", "")]
    [InlineData("http://müller.de/straße?ö", "http", "", null, "/straße", "ö", "")]
    [InlineData("file:///etc/hosts", "file", "", null, "/etc/hosts", "", "")]
    [InlineData("android-app://com.acme.shop/home", "android-app", "com.acme.shop", null, "/home", "", "")]
    [InlineData("mailto:a@b.com", "mailto", "", null, "", "", "")]
    [InlineData("about:blank#x", "about", "", null, "", "", "x")]
    [InlineData("/relative/path?q", "", "", null, "/relative/path", "q", "")]
    [InlineData("//acme.com/x", "", "acme.com", null, "/x", "", "")]
    [InlineData("", "", "", null, "", "", "")]
    [InlineData("http://acme.com/?a[]=1", "http", "acme.com", null, "/", "a[]=1", "")]
    public void TryParse_OfAUri_GivesItsRawParts(string uri, string scheme, string host, int? port, string path, string query, string fragment)
    {
        UriSyntax.TryParse(Encoding.UTF8.GetBytes(uri), out var parts).ShouldBeTrue();
        Text(parts.Scheme).ShouldBe(scheme);
        Text(parts.Host).ShouldBe(host);
        parts.Port.ShouldBe(port);
        Text(parts.Path).ShouldBe(path);
        Text(parts.Query).ShouldBe(query);
        Text(parts.Fragment).ShouldBe(fragment);
    }

    [Theory]
    [InlineData("http://")]
    [InlineData("http:")]
    [InlineData(":x")]
    [InlineData("1http://acme.com")]
    [InlineData("http://acme.com/a b")]
    [InlineData("http://acme.com/%zz")]
    [InlineData("http://acme.com/%2")]
    [InlineData("http://acme.com/{a}")]
    [InlineData("http://acme.com/?a=|")]
    [InlineData("http://acme.com/a[0]")]
    [InlineData("http://acme.com/#a#b")]
    [InlineData("http://[::1/")]
    [InlineData("http://acme.com/\u00a0")]
    [InlineData("http://acme.com/\u0085")]
    public void TryParse_OfWhatJavaRefuses_IsFalse(string uri) =>
        UriSyntax.TryParse(Encoding.UTF8.GetBytes(uri), out _).ShouldBeFalse();

    [Theory]
    [InlineData("http://acme.com/a b?c d#e f", "http://acme.com/a%20b?c%20d#e%20f")]
    [InlineData("http://acme.com/100%?x=%zz&y=%41", "http://acme.com/100%25?x=%25zz&y=%41")]
    [InlineData("http://acme.com/{a}|\"<>^`\\?{b}", "http://acme.com/%7Ba%7D%7C%22%3C%3E%5E%60%5C?%7Bb%7D")]
    [InlineData("http://acme.com/a[0]?b[0]", "http://acme.com/a%5B0%5D?b[0]")]
    [InlineData("http://acme.com/a b+c", "http://acme.com/a%20b+c")]
    [InlineData("http://acme.com/ #a#b?c", "http://acme.com/%20#a%23b?c")]
    [InlineData("http://acme.com/ä ö\u00a0", "http://acme.com/ä%20ö%C2%A0")]
    [InlineData("http://acme.com/x", "http://acme.com/x")]
    public void LenientUri_OfWhatBrowsersTake_EncodesOnlyWhatMayNotStand(string uri, string expected)
    {
        new LenientUri().TryParse(Encoding.UTF8.GetBytes(uri), out var parts, out var text).ShouldBeTrue();
        Text(text).ShouldBe(expected);
        Text(parts.Host).ShouldBe("acme.com");
    }

    [Theory]
    [InlineData("http:// ")]
    [InlineData(" http://acme.com")]
    [InlineData("http:")]
    public void LenientUri_OfWhatIsNoUriEvenSo_IsFalseOrHostless(string uri)
    {
        if (new LenientUri().TryParse(Encoding.UTF8.GetBytes(uri), out var parts, out _)) parts.Host.IsEmpty.ShouldBeTrue();
    }

    private static string Text(ReadOnlySpan<byte> utf8) => Encoding.UTF8.GetString(utf8);
}
