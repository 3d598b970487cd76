using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Strings;

/// <summary><c>zlib_decompress_from_base64_string</c>: the text of what zlib compressed, in base64; empty where it is none.</summary>
internal static class ZlibDecompress
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("zlib_decompress_from_base64_string", 3, "The text of what zlib compressed, in base64; empty where it is none.")
        .On((string text) => Compression.Unzlib(text));
}
