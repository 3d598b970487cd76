using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Strings;

/// <summary><c>gzip_decompress_from_base64_string</c>: the text of a gzip file in base64; empty where it is none.</summary>
internal static class GzipDecompress
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("gzip_decompress_from_base64_string", 3, "The text of a gzip file in base64; empty where it is none.")
        .On((string text) => Compression.Gunzip(text));
}
