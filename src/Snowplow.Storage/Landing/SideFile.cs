using Snowplow.Storage.Blobs;

namespace Snowplow.Storage.Landing;

/// <summary>
/// The file beside the enriched one that one activation appends a partition's lines of one kind to: bad rows or failed events. It has
/// one writer, whose number is the attempt in its name. Its lines count once a batch commits them. Not thread-safe.
/// </summary>
/// <param name="blobs">Where the files are.</param>
/// <param name="writer">Appends and cuts.</param>
/// <param name="area"><see cref="LandingPath.Bad"/> or <see cref="LandingPath.Failed"/>.</param>
/// <param name="kind">What its members hold.</param>
/// <param name="rollBytes">The length, in bytes, from which a file is followed by a new one.</param>
internal sealed class SideFile(IBlobStore blobs, MemberWriter writer, string area, MemberKind kind, long rollBytes)
{
    private LandingPath? _file;
    private long _length;

    /// <summary>Appends a batch's lines, if there are any.</summary>
    /// <param name="batch">The header of the batch that will commit them.</param>
    /// <param name="lines">The lines.</param>
    /// <param name="last">What the last batch says of files of this kind.</param>
    /// <param name="cancellationToken">Ends the wait; the lines may be stored all the same, and do not count.</param>
    /// <returns>What this batch must say.</returns>
    public async ValueTask<SideLines> AppendAsync(MemberHeader batch, BatchLines lines, SideLines last, CancellationToken cancellationToken)
    {
        if (lines.Text.IsEmpty) return last with { Count = 0, MemberLength = 0 };
        if (_file is null || batch.CollectorHour > _file.Value.Hour || _length >= rollBytes)
        {
            _file = new LandingPath(area, batch.CollectorHour, batch.Partition, batch.From, batch.Writer);
            _length = 0;
        }

        var length = await writer.AppendAsync(_file.Value, _length, batch with { Kind = kind, GoodCount = 0 }, lines.Text, cancellationToken);
        _length += length;
        return new SideLines { Count = lines.Count, File = _file.Value.ToString(), CommittedLength = _length, MemberLength = length };
    }

    /// <summary>Removes what earlier writers appended and did not commit, once the turn is this activation's.</summary>
    /// <remarks>
    /// No earlier writer can commit any more. What they appended and did not commit lies behind the committed length of the last file,
    /// or in files that begin at the position which is landed now: they had come no further. Lines that a writer appends even later,
    /// on its way to a conflict, stay, and count as little. Later writers' files are left alone: this one may itself have been
    /// superseded by now, and they may hold committed lines.
    /// </remarks>
    /// <param name="turn">The turn.</param>
    /// <param name="last">What the last batch says of files of this kind.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async ValueTask RemoveUncommittedAsync(MemberHeader turn, SideLines last, CancellationToken cancellationToken)
    {
        if (last.File is { } file && await blobs.GetLengthAsync(file, cancellationToken) is { } length)
        {
            if (length < last.CommittedLength)
                throw new LandingCorruptException(file, length, $"the file ends here, and {last.CommittedLength} bytes of it are committed.");

            // A store that cannot cut keeps them. They do not count, as committed lengths are named by the batches.
            if (length > last.CommittedLength && blobs.CanTruncate)
            {
                var tail = await new MemberReader(blobs, file, turn.Partition, last.CommittedLength).ReadTailAsync(cancellationToken);
                await writer.CutAsync(file, last.CommittedLength, tail, cancellationToken);
            }
        }

        var left = new List<string>();
        await foreach (var entry in blobs.ListAsync(LandingPath.Prefix(area, turn.CollectorHour, turn.Partition), cancellationToken))
            if (LandingPath.TryParse(entry.Name, out var path) && path.First == turn.From && path.Attempt < turn.Writer)
                left.Add(entry.Name);
        foreach (var name in left) await blobs.DeleteAsync(name, cancellationToken);
    }
}
