using System.Buffers.Text;

namespace Snowplow.Enrich.JsonSchema;

/// <summary><c>uuid</c>: 36 characters in the groups 8-4-4-4-12 (RFC 4122), either case, any version.</summary>
internal static class UuidFormat
{
    public static bool IsUuid(ReadOnlySpan<byte> text) =>
        text.Length == 36 && Utf8Parser.TryParse(text, out Guid _, out var read, 'D') && read == text.Length;
}
