using System.Security.Cryptography;
using System.Text;

namespace Snowplow.Enrich.Enrichments.Pii;

/// <summary>Makes pseudonyms: the hash, in lower-case hexadecimal, of a text's UTF-8 with a salt behind it. Thread-safe.</summary>
/// <param name="hash">The hash function.</param>
/// <param name="salt">The salt.</param>
internal sealed class Pseudonyms(Func<byte[], byte[]> hash, string salt)
{
    private readonly byte[] _salt = Encoding.UTF8.GetBytes(salt);

    /// <summary>Finds a hash function by its name in Java, as configurations have it; null for an unknown one.</summary>
    public static Func<byte[], byte[]>? HashNamed(string name) => name switch
    {
        "MD2" => data => Md2.HashData(data),
        // Weak ones are the user's choice: the pseudonyms have to be those of the data that there is.
#pragma warning disable CA5350, CA5351
        "MD5" => MD5.HashData,
        "SHA-1" => SHA1.HashData,
#pragma warning restore CA5350, CA5351
        "SHA-256" => SHA256.HashData,
        "SHA-384" => SHA384.HashData,
        "SHA-512" => SHA512.HashData,
        _ => null,
    };

    /// <summary>A text's pseudonym, in ASCII.</summary>
    public byte[] Of(ReadOnlySpan<byte> utf8) => Encoding.ASCII.GetBytes(Convert.ToHexStringLower(hash([.. utf8, .. _salt])));
}
