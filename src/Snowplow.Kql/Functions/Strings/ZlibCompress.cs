using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Strings;

/// <summary><c>zlib_compress_to_base64_string</c>: the text's UTF-8 compressed by zlib, in base64.</summary>
internal static class ZlibCompress
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("zlib_compress_to_base64_string", 3, "The text's UTF-8 compressed by zlib, in base64.")
        .On((string text) => Compression.Zlib(text));
}
