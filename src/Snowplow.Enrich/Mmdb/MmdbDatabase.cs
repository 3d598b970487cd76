using System.Buffers.Binary;
using Snowplow.Enrich.Addresses;

namespace Snowplow.Enrich.Mmdb;

/// <summary>
/// A MaxMind database (file format 2.0): a binary tree over the bits of addresses, whose leaves are records of a data section.
/// Immutable and thread-safe; a look-up allocates nothing. Its memory is given back when it is collected.
/// </summary>
/// <remarks>
/// Every record of the tree is checked when the database is opened, so a damaged tree is refused then. Damaged data shows when it is
/// read.
/// </remarks>
internal sealed class MmdbDatabase
{
    /// <summary>Zero bytes between tree and data.</summary>
    public const int SeparatorBytes = 16;

    // The first bits of an IPv4 address lead through a table: 256 kB of it, or 4 MB for a tree that is itself many times larger.
    private const int LargeTree = 1 << 19;

    private const int MaxAddressBits = 128;

    // Of a node while the tree is checked: its records followed so far (both may be, while it is on the path), then done.
    private const int Followed = 2;
    private const int Done = 3;

    private readonly MappedFile _file;
    private readonly int _dataStart;
    private readonly int _tableBits;
    private readonly int[] _ipv4Table;

    private MmdbDatabase(MappedFile file)
    {
        _file = file;
        var bytes = file.Bytes;
        Metadata = MmdbMetadata.Read(bytes);
        _dataStart = (int)Metadata.TreeBytes + SeparatorBytes;
        CheckTree(bytes);
        var ipv4Root = Metadata.IpVersion == 4 ? 0 : Descend(bytes, Descend(bytes, 0, 0, 64), 0, 32);
        _tableBits = Metadata.NodeCount < LargeTree ? 16 : 20;
        _ipv4Table = new int[1 << _tableBits];
        for (var i = 0; i < _ipv4Table.Length; i++) _ipv4Table[i] = Descend(bytes, ipv4Root, (ulong)i << (64 - _tableBits), _tableBits);
        GC.KeepAlive(file);
    }

    /// <summary>What the database says of itself.</summary>
    public MmdbMetadata Metadata { get; }

    /// <summary>The data section, for reading records. It does not keep the database alive: <see cref="GC.KeepAlive"/> does.</summary>
    public MmdbData Data => new(_file.Bytes[_dataStart..]);

    /// <summary>Opens a database.</summary>
    /// <exception cref="MmdbException">It is damaged, or no database.</exception>
    public static MmdbDatabase Open(string path)
    {
        var file = new MappedFile(path);
        try
        {
            return new MmdbDatabase(file);
        }
        catch (Exception e) when (e is IndexOutOfRangeException or ArgumentOutOfRangeException)
        {
            file.Dispose();
            throw new MmdbException("its metadata is cut off or damaged");
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Finds the record of an address and reads fields of it.</summary>
    /// <param name="address">The address; an IPv6 address is in no database for IPv4.</param>
    /// <param name="fields">The wanted fields.</param>
    /// <param name="values">Receives them; they are to be read off <see cref="Data"/>.</param>
    /// <returns>Whether there is a record.</returns>
    /// <exception cref="MmdbException">The record is damaged.</exception>
    public bool TryFind(IpBits address, MmdbFields fields, Span<MmdbValue> values)
    {
        if (FindRecord(address) is not { } record) return false;
        try
        {
            fields.Read(Data, record, values);
            return true;
        }
        catch (Exception e) when (e is IndexOutOfRangeException or ArgumentOutOfRangeException)
        {
            throw new MmdbException("a record leads outside the data section");
        }
        finally
        {
            GC.KeepAlive(this);
        }
    }

    /// <summary>Where an address's record begins in the data section; null where there is none.</summary>
    public int? FindRecord(IpBits address)
    {
        var bytes = _file.Bytes;
        int node;
        if (address.IsIpv4)
        {
            var bits = (ulong)(address.Bits >> 64);
            node = _ipv4Table[(int)(bits >> (64 - _tableBits))];
            if (node < Metadata.NodeCount) node = Descend(bytes, node, bits << _tableBits, 32 - _tableBits);
        }
        else
        {
            if (Metadata.IpVersion == 4) return null;
            node = Descend(bytes, Descend(bytes, 0, (ulong)(address.Bits >> 64), 64), (ulong)address.Bits, 64);
        }

        GC.KeepAlive(this);
        // A tree that goes on behind an address's last bit says nothing of the address alone.
        return node > Metadata.NodeCount ? node - Metadata.NodeCount - SeparatorBytes : null;
    }

    // Follows up to 64 bits, from the highest, until a leaf; what it returns is a node, or a leaf.
    private int Descend(ReadOnlySpan<byte> bytes, int node, ulong bits, int count)
    {
        for (; count > 0 && node < Metadata.NodeCount; count--, bits <<= 1) node = Record(bytes, node, (int)(bits >> 63));
        return node;
    }

    private int Record(ReadOnlySpan<byte> bytes, int node, int side)
    {
        switch (Metadata.RecordBits)
        {
            case 24:
                var three = bytes.Slice(node * 6 + side * 3, 3);
                return three[0] << 16 | three[1] << 8 | three[2];
            case 28:
                // Read with the next node's first byte, or the separator's: there is no branch on an address's bit, which nobody can foretell.
                var eight = BinaryPrimitives.ReadUInt64BigEndian(bytes.Slice(node * 7, 8));
                var (left, right) = ((eight >> 12 & 0xf000000) | eight >> 40, eight >> 8 & 0xfffffff);
                return (int)(side == 0 ? left : right);
            default:
                return BinaryPrimitives.ReadInt32BigEndian(bytes.Slice(node * 8 + side * 4, 4));
        }
    }

    // Every path ends in a leaf that is none or lies in the data section. Several may lead to one node (IPv4 addresses stand in
    // several places of an IPv6 tree), but none back to a node of its own.
    private void CheckTree(ReadOnlySpan<byte> bytes)
    {
        var most = (long)Metadata.NodeCount + SeparatorBytes + (bytes.Length - _dataStart);
        var states = new byte[Metadata.NodeCount];
        Span<int> path = stackalloc int[MaxAddressBits + 1];
        var depth = Metadata.NodeCount > 0 ? 1 : 0;
        path[0] = 0;
        while (depth > 0)
        {
            var node = path[depth - 1];
            if (states[node] == Followed)
            {
                states[node] = Done;
                depth--;
                continue;
            }

            var side = states[node]++;
            var record = Record(bytes, node, side);
            if (record < 0 || record >= most || (record > Metadata.NodeCount && record < Metadata.NodeCount + SeparatorBytes))
                throw new MmdbException($"record {side} of node {node} leads to {record}, which is neither node nor data");
            if (record >= Metadata.NodeCount || states[record] == Done) continue;
            if (states[record] > 0) throw new MmdbException($"record {side} of node {node} leads back to node {record}");
            if (depth > MaxAddressBits) throw new MmdbException($"its tree is deeper than {MaxAddressBits} bits");
            path[depth++] = record;
        }
    }
}
