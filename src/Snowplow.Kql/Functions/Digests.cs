using System.Security.Cryptography;
using System.Text;

namespace Snowplow.Kql.Functions;

/// <summary>Digests that the language has, although they protect nothing any more.</summary>
internal static class Digests
{
#pragma warning disable CA5350, CA5351 // The language has them; nothing here relies on them.
    /// <summary>SHA-1 of the text's UTF-8.</summary>
    public static byte[] Sha1(string text) => SHA1.HashData(Encoding.UTF8.GetBytes(text));

    /// <summary>MD5 of the text's UTF-8.</summary>
    public static byte[] Md5(string text) => MD5.HashData(Encoding.UTF8.GetBytes(text));
#pragma warning restore CA5350, CA5351
}
