using System.Collections.Immutable;
using Azure;

namespace Snowplow.Azure.Blobs;

/// <summary>The committed blocks of a blob.</summary>
/// <param name="Blocks">Their names, in order.</param>
/// <param name="Length">Their bytes.</param>
/// <param name="Tag">The ETag of the blob with these blocks; null where there is no blob.</param>
internal sealed record BlockList(ImmutableList<string> Blocks, long Length, ETag? Tag)
{
    public static readonly BlockList Absent = new([], 0, null);

    /// <summary>The list with a block behind the others; its blob is still the former one.</summary>
    public BlockList With(string block, int length) => this with { Blocks = Blocks.Add(block), Length = Length + length };
}
