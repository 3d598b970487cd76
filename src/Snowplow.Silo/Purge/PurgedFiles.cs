using System.Buffers;
using Snowplow.Events.Enriched;
using Snowplow.Model;
using Snowplow.Model.Forgetting;
using Snowplow.Silo.Forget;
using Snowplow.Storage.Landing;

namespace Snowplow.Silo.Purge;

/// <summary>Which lines of landed files and of tables stay.</summary>
internal sealed class PurgedFiles(IReadOnlyList<PurgedPerson> people, PurgedIdentities identities, PurgeCounts counts)
{
    private readonly EventKeyReader _keys = new();
    private readonly Dictionary<(string?, string?), (long, long)> _forgotten = [];

    /// <summary>Learns from landed events what is to go elsewhere.</summary>
    public void Learn(EnrichedBatch events)
    {
        for (var i = 0; i < events.Count; i++)
        {
            if (ForgetEvent.Is(events[i])) continue;
            var keys = _keys.Read(events[i]);
            foreach (var person in people) person.Learn(events[i], keys);
        }
    }

    /// <summary>Learns from rows of <c>forgotten</c> which versions are to go.</summary>
    public void Learn(ReadOnlySpan<byte> forgottenRows)
    {
        foreach (var range in forgottenRows.Split((byte)'\n'))
        {
            if (forgottenRows[range].IsEmpty) continue;
            var row = RowKeys.Read(forgottenRows[range]);
            if (row.Version.CompareTo(_forgotten.GetValueOrDefault(row.Forgotten)) > 0) _forgotten[row.Forgotten] = row.Version;
        }
    }

    /// <summary>The enriched events of a batch that stay; events that forget name only what still has to be.</summary>
    public byte[] Enriched(byte[] lines)
    {
        var events = EnrichedBatch.Parse(lines);
        var kept = new ArrayBufferWriter<byte>(lines.Length);
        for (var i = 0; i < events.Count; i++)
        {
            var e = events[i];
            if (ForgetEvent.Is(e))
            {
                WriteForget(e, kept);
                continue;
            }

            var keys = _keys.Read(e);
            if (people.Any(person => person.Owns(e, keys)))
            {
                counts.Add("enriched events");
                continue;
            }

            kept.Write(e.Line);
            kept.Write("\n"u8);
        }

        return Changed(lines, kept);
    }

    /// <summary>The bad rows of a batch that stay.</summary>
    public byte[] Bad(PartitionName partition, long from, byte[] lines) => Keep(lines, "bad rows", line => IsNamed(partition, from, line));

    /// <summary>The failed events of a batch that stay.</summary>
    public byte[] Failed(PartitionName partition, long from, byte[] lines) => Keep(lines, "failed events", line => IsNamed(partition, from, line));

    /// <summary>The rows of a table that stay.</summary>
    public ChangeLines Rows(string table) => (_, _, lines) => Keep(lines, "rows", line => IsPurged(table, RowKeys.Read(line)));

    private bool IsNamed(PartitionName partition, long from, ReadOnlySpan<byte> line)
    {
        foreach (var person in people)
            if (person.Names(partition.ToString(), from, line)) return true;
        return false;
    }

    private bool IsPurged(string table, RowKeys row) => table switch
    {
        LandingPath.Sessions or LandingPath.Views => IsOlder(ForgottenKind.Session, row.SessionKey, row),
        LandingPath.Users or LandingPath.UserMapping or LandingPath.ConsentUsers => IsOlder(ForgottenKind.User, row.UserKey, row),
        LandingPath.Identities => identities.IsPurged(row),
        LandingPath.IdentityMerges => identities.IsPurgedMerge(row),
        LandingPath.Forgotten => people.Any(person => person.Has(row.Forgotten.Key)),
        _ => people.Any(person => person.OwnsEventRow(row)),
    };

    private bool IsOlder(string kind, string? key, RowKeys row) =>
        people.Any(person => person.Has(key)) && _forgotten.TryGetValue((kind, key), out var version) && row.Version.CompareTo(version) < 0;

    private void WriteForget(EnrichedEvent forget, ArrayBufferWriter<byte> kept)
    {
        var person = people.FirstOrDefault(person => person.StillNamed(forget) is not null);
        if (person is null || (person.StillNamed(forget) is var named && named!.Count == ForgetEvent.ReadKeys(forget).Count))
        {
            kept.Write(forget.Line);
        }
        else
        {
            if (named!.Count == 0) return;
            var column = 0;
            foreach (var field in forget.Line.Split((byte)'\t'))
            {
                if (column > 0) kept.Write("\t"u8);
                if (column++ == (int)EventField.UnstructEvent) kept.Write(ForgetEvent.Column(ForgetEvent.Data(person.Erasure.Receipt, named)));
                else kept.Write(forget.Line[field]);
            }
        }

        kept.Write("\n"u8);
    }

    private byte[] Keep(byte[] lines, string what, IsPurgedLine isPurged)
    {
        var kept = new ArrayBufferWriter<byte>(lines.Length);
        foreach (var range in lines.AsSpan().Split((byte)'\n'))
        {
            var line = lines.AsSpan(range);
            if (line.IsEmpty) continue;
            if (isPurged(line))
            {
                counts.Add(what);
                continue;
            }

            kept.Write(line);
            kept.Write("\n"u8);
        }

        return Changed(lines, kept);
    }

    private static byte[] Changed(byte[] lines, ArrayBufferWriter<byte> kept) => kept.WrittenCount == lines.Length ? lines : kept.WrittenSpan.ToArray();

    private delegate bool IsPurgedLine(ReadOnlySpan<byte> line);
}
