using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Strings;

/// <summary><c>gzip_compress_to_base64_string</c>: the text's UTF-8 compressed by gzip, in base64.</summary>
internal static class GzipCompress
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("gzip_compress_to_base64_string", 3, "The text's UTF-8 compressed by gzip, in base64.")
        .On((string text) => Compression.Gzip(text));
}
