using System.Runtime.CompilerServices;
using Snowplow.Storage.Blobs;

namespace Snowplow.Storage.Landing;

/// <summary>
/// A partition's row files: the tables of the models as its checkpoints wrote them, one gzip member for each kind and
/// checkpoint. After an exception, appending again first looks at what is there. Not thread-safe; awaits on the caller's
/// scheduler.
/// </summary>
/// <remarks>
/// Two activations that finish the same checkpoint may both append it where they roll differently. That is allowed: rows
/// carry versions, the same version has the same content, and readers take the highest.
/// </remarks>
public sealed class RowFiles
{
    private const int MaxRemembered = 64;

    private readonly IBlobStore _blobs;
    private readonly PartitionName _partition;
    private readonly LandingOptions _options;

    // By kind and hour: around the full hour, collectors' clocks disagree for a while.
    private readonly Dictionary<(string Kind, DateTimeOffset Hour), Current> _current = [];
    private readonly MemberWriter _members;

    /// <summary>Prepares to append; reads nothing yet.</summary>
    public RowFiles(IBlobStore blobs, PartitionName partition, LandingOptions options)
    {
        partition.Check();
        _blobs = blobs;
        _partition = partition;
        _options = options;
        _members = new MemberWriter(blobs, options.CompressionLevel);
    }

    /// <summary>Appends the rows of the checkpoint [<paramref name="c"/>, <paramref name="e"/>) unless they are there already.</summary>
    /// <param name="kind">One of <see cref="LandingPath.Tables"/>.</param>
    /// <param name="c">The first position of the range.</param>
    /// <param name="e">The first position behind it.</param>
    /// <param name="hour">The collector time of the raw record at <paramref name="c"/>, which decides the folder: the same whenever this is tried.</param>
    /// <param name="jsonLines">The rows, one JSON object a line; nothing is written for none.</param>
    /// <param name="cancellationToken">Ends the wait; the rows may be stored all the same.</param>
    /// <exception cref="LandingConflictException">Another activation of the partition writes here.</exception>
    /// <exception cref="IOException">The store failed; the rows may be stored all the same.</exception>
    public async ValueTask AppendAsync(string kind, long c, long e, DateTimeOffset hour, ReadOnlyMemory<byte> jsonLines, CancellationToken cancellationToken)
    {
        if (!LandingPath.Tables.Contains(kind)) throw new ArgumentException($"'{kind}' is no kind of rows.", nameof(kind));
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(e, c);
        if (jsonLines.IsEmpty) return;

        hour = LandingPath.HourOf(hour);
        if (!_current.Remove((kind, hour), out var current)) current = await FindAsync(kind, hour, cancellationToken);
        if (current.LastFrom > c) throw new LandingConflictException(current.File.ToString()!, current.Length);
        if (current.LastFrom != c) current = await AppendAsync(current, kind, c, e, jsonLines, cancellationToken);
        if (_current.Count >= MaxRemembered) _current.Clear();
        _current[(kind, hour)] = current;
    }

    /// <summary>
    /// All rows of a kind, of every stream and partition, by hour and in order of their checkpoints. Unfinished tails are
    /// left alone and left out.
    /// </summary>
    /// <exception cref="LandingCorruptException">A file is damaged.</exception>
    public static IAsyncEnumerable<RowBatch> ReadRowsAsync(IBlobStore blobs, string kind, CancellationToken cancellationToken) =>
        ReadAsync(blobs, kind + "/", null, 0, cancellationToken);

    /// <summary>The rows of a kind that a partition wrote, from a position on.</summary>
    /// <param name="blobs">Where the files are.</param>
    /// <param name="kind">One of <see cref="LandingPath.Tables"/>.</param>
    /// <param name="partition">The partition.</param>
    /// <param name="hour">The hour of the ranges, which is that of the batch that begins where the range does; null for all.</param>
    /// <param name="from">Ranges that begin before it are left out.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="LandingCorruptException">A file is damaged.</exception>
    public static IAsyncEnumerable<RowBatch> ReadRowsAsync(
        IBlobStore blobs, string kind, PartitionName partition, DateTimeOffset? hour, long from, CancellationToken cancellationToken) =>
        ReadAsync(blobs, hour is { } known ? LandingPath.Prefix(kind, known, partition) : kind + "/", partition, from, cancellationToken);

    private static async IAsyncEnumerable<RowBatch> ReadAsync(
        IBlobStore blobs, string prefix, PartitionName? partition, long from, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var entry in blobs.ListAsync(prefix, cancellationToken))
        {
            if (!LandingPath.TryParse(entry.Name, out var path) || (partition is { } wanted && path.Partition != wanted)) continue;
            var reader = new MemberReader(blobs, entry.Name, path.Partition);
            while (await reader.ReadAsync(withContent: from == 0, cancellationToken) is { } member)
            {
                if (member.Header.From >= from && (member.Content is not null ? member : await reader.ReadAsync(withContent: true, cancellationToken)) is { } whole)
                    yield return new RowBatch(path.Partition, whole.Header.From, whole.Header.UpTo, whole.Content);
                reader.Skip(member);
            }
        }
    }

    private async ValueTask<Current> AppendAsync(
        Current current, string kind, long c, long e, ReadOnlyMemory<byte> jsonLines, CancellationToken cancellationToken)
    {
        if (current.File is null || current.IsTorn || current.Length >= _options.RollBytes)
        {
            var attempt = current.File is { } torn && torn.First == c ? torn.Attempt + 1 : 0;
            current = current with { File = new LandingPath(kind, current.Hour, _partition, c, attempt), Length = 0, IsTorn = false };
        }

        var header = new MemberHeader { Kind = MemberKind.Rows, Partition = _partition, From = c, UpTo = e, CollectorHour = current.Hour };
        var length = await _members.AppendAsync(current.File!.Value, current.Length, header, jsonLines, cancellationToken);
        return current with { Length = current.Length + length, LastFrom = c };
    }

    // The partition's last file of an hour, its unfinished tail cut off, and the last checkpoint in any file of the hour.
    private async ValueTask<Current> FindAsync(string kind, DateTimeOffset hour, CancellationToken cancellationToken)
    {
        var files = new List<LandingPath>();
        await foreach (var entry in _blobs.ListAsync(LandingPath.Prefix(kind, hour, _partition), cancellationToken))
            if (LandingPath.TryParse(entry.Name, out var path))
                files.Add(path);

        Current? last = null;
        foreach (var file in files.OrderByDescending(file => file.First).ThenByDescending(file => file.Attempt))
        {
            var found = await ScanAsync(file, cancellationToken);
            last = last is null ? found : last with { LastFrom = found.LastFrom };
            if (last.LastFrom >= 0) break;
        }

        return last ?? new Current(hour, null, 0, LastFrom: -1, IsTorn: false);
    }

    private async ValueTask<Current> ScanAsync(LandingPath file, CancellationToken cancellationToken)
    {
        var name = file.ToString();
        var reader = new MemberReader(_blobs, name, _partition);
        var lastFrom = -1L;

        while (await reader.ReadAsync(withContent: false, cancellationToken) is { } member)
        {
            lastFrom = member.Header.From;
            reader.Skip(member);
        }

        var isTorn = !reader.UnfinishedTail.IsEmpty;
        if (isTorn && _blobs.CanTruncate)
        {
            await _members.CutAsync(name, reader.Offset, reader.UnfinishedTail, cancellationToken);
            isTorn = false;
        }

        return new Current(file.Hour, file, reader.Offset, lastFrom, isTorn);
    }

    // Where a kind's next member goes. LastFrom is −1 before the first.
    private sealed record Current(DateTimeOffset Hour, LandingPath? File, long Length, long LastFrom, bool IsTorn);
}
