using Snowplow.Storage.Blobs;

namespace Snowplow.Storage.Landing;

/// <summary>
/// Takes lines out of files that have landed, for a purge: no activation may be at work. Every member keeps its place and its length, so
/// that positions, committed lengths and what other files say of them stay true, and files can be rewritten in any order. A file is
/// rewritten whole or not at all.
/// </summary>
/// <param name="blobs">Where the files are.</param>
public sealed class MemberRewrite(IBlobStore blobs)
{
    /// <summary>All files of an area, in order.</summary>
    public async Task<IReadOnlyList<BlobEntry>> FilesAsync(string area, CancellationToken cancellationToken)
    {
        var files = new List<BlobEntry>();
        await foreach (var entry in blobs.ListAsync(area + "/", cancellationToken))
            if (LandingPath.TryParse(entry.Name, out _)) files.Add(entry);
        return files;
    }

    /// <summary>
    /// Rewrites a file without the lines that a caller does not want. Members that say how many bad rows and failed events they have say it anew.
    /// </summary>
    /// <param name="file">The file's name.</param>
    /// <param name="change">Gives the lines that stay.</param>
    /// <param name="cancellationToken">Ends the work; the file is then as it was.</param>
    /// <returns>Whether anything changed.</returns>
    /// <exception cref="LandingCorruptException">The file is damaged.</exception>
    /// <exception cref="IOException">It cannot be read or written, or somebody else writes it.</exception>
    public async Task<bool> RewriteAsync(string file, ChangeLines change, CancellationToken cancellationToken)
    {
        if (!LandingPath.TryParse(file, out var path)) throw new ArgumentException($"'{file}' is no file of landed data.", nameof(file));
        var reader = new MemberReader(blobs, file, path.Partition);
        var changed = new List<(long Offset, byte[] Member)>();
        while (await reader.ReadAsync(withContent: true, cancellationToken) is { } member)
        {
            var header = member.Header;
            var content = member.Content!.Length == 0 ? member.Content : change(header.Partition, header.From, member.Content!);
            var rewritten = header.Kind == MemberKind.Batch
                ? header with
                {
                    GoodCount = Lines(content),
                    Bad = header.Bad with { Count = await CountAsync(header, header.Bad, cancellationToken) },
                    Failed = header.Failed with { Count = await CountAsync(header, header.Failed, cancellationToken) },
                }
                : header;
            if (content.Length != header.ContentLength || rewritten != header) changed.Add((reader.Offset, Member(reader, rewritten, content)));
            reader.Skip(member);
        }

        if (changed.Count == 0) return false;
        await WriteAsync(file, changed, cancellationToken);
        return true;
    }

    // Members are as long as they were. Files are some 64 MiB at the most (LandingOptions.RollBytes).
    private async Task WriteAsync(string file, List<(long Offset, byte[] Member)> changed, CancellationToken cancellationToken)
    {
        var content = await blobs.ReadWholeAsync(file, cancellationToken);
        var rewritten = content.ToArray();
        foreach (var (offset, member) in changed) member.CopyTo(rewritten.AsSpan((int)offset));
        if (!await blobs.TryReplaceAsync(file, content, rewritten, cancellationToken))
            throw new IOException($"Somebody else writes '{file}', which is being rewritten.");
    }

    private static byte[] Member(MemberReader reader, MemberHeader header, byte[] content)
    {
        try
        {
            return GzipMember.WriteInPlace(header, content);
        }
        catch (InvalidDataException tooLong)
        {
            throw reader.Corrupt($"without the purged lines, the member does not fit into its place: {tooLong.Message}");
        }
    }

    private async Task<int> CountAsync(MemberHeader batch, SideLines lines, CancellationToken cancellationToken)
    {
        if (lines.MemberLength == 0) return lines.Count;
        var reader = new MemberReader(blobs, lines.File!, batch.Partition, lines.CommittedLength - lines.MemberLength);
        // Where the file was moved away, what was said of it stays.
        return await reader.ReadAsync(withContent: true, cancellationToken) is { Content: { } content } ? Lines(content) : lines.Count;
    }

    private static int Lines(ReadOnlySpan<byte> content) => content.Count((byte)'\n');
}

/// <summary>Gives the lines of a member that stay; the same array where all do.</summary>
/// <param name="partition">The partition.</param>
/// <param name="from">The first position of the batch or checkpoint.</param>
/// <param name="lines">The lines, each ended by a line feed.</param>
public delegate byte[] ChangeLines(PartitionName partition, long from, byte[] lines);
