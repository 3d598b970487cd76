using System.Buffers.Binary;
using System.IO.Hashing;
using System.Numerics;
using System.Runtime.InteropServices;

namespace Snowplow.Warehouse.Tables;

/// <summary>
/// Finds the row of a key in an extent: a file beside it, mapped into memory. Keys are spread over buckets of about four rows; of each row it
/// holds 12 bits of the key, so that one look in a thousand at a row is in vain, and where the extent cannot tell a row's key, the key too.
/// </summary>
/// <remarks>
/// Layout, little-endian: "SPK1", rows, bits of the number of buckets, 1 with keys (four 32-bit numbers); where each bucket begins and the last
/// ends (32 bits each); rows by bucket (12 bits of the key, 20 of the row); the keys in the order of rows; XxHash3 of all before.
/// </remarks>
internal sealed class KeyIndex
{
    private const uint Magic = 0x314B5053;
    private const int HeaderLength = 16;
    private const int RowBits = 20;
    private const int RowsPerBucket = 4;

    private readonly MappedFile _file;
    private readonly int _rows;
    private readonly int _bucketBits;
    private readonly Func<int, UInt128>? _keyAt;

    private KeyIndex(MappedFile file, int rows, int bucketBits, Func<int, UInt128>? keyAt)
    {
        _file = file;
        _rows = rows;
        _bucketBits = bucketBits;
        _keyAt = keyAt;
    }

    /// <summary>Bytes of the file.</summary>
    public long SizeBytes => _file.Span.Length;

    private ReadOnlySpan<uint> Starts => MemoryMarshal.Cast<byte, uint>(_file.Span.Slice(HeaderLength, 4 * ((1 << _bucketBits) + 1)));

    private ReadOnlySpan<uint> Entries => MemoryMarshal.Cast<byte, uint>(_file.Span.Slice(HeaderLength + (4 * ((1 << _bucketBits) + 1)), 4 * _rows));

    /// <summary>Writes the index of the keys, which must differ, in the order of their rows; it is durable afterwards.</summary>
    /// <param name="path">The file.</param>
    /// <param name="keys">The keys.</param>
    /// <param name="withKeys">Whether the keys are written too.</param>
    public static void Write(string path, ReadOnlySpan<UInt128> keys, bool withKeys)
    {
        var bucketBits = Math.Max(1, BitOperations.Log2((uint)Math.Max(1, keys.Length / RowsPerBucket)));
        var starts = new uint[(1 << bucketBits) + 1];
        foreach (var key in keys) starts[Bucket(Mix(key), bucketBits) + 1]++;
        for (var i = 1; i < starts.Length; i++) starts[i] += starts[i - 1];
        var entries = new uint[keys.Length];
        var next = starts.AsSpan(0, starts.Length - 1).ToArray();
        for (var row = 0; row < keys.Length; row++)
        {
            var mixed = Mix(keys[row]);
            entries[next[Bucket(mixed, bucketBits)]++] = (Mark(mixed) << RowBits) | (uint)row;
        }

        var hash = new XxHash3();
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16);
        Add(MemoryMarshal.AsBytes([Magic, (uint)keys.Length, (uint)bucketBits, withKeys ? 1u : 0]));
        Add(MemoryMarshal.AsBytes(starts));
        Add(MemoryMarshal.AsBytes(entries));
        if (withKeys) Add(MemoryMarshal.AsBytes(keys));
        file.Write(hash.GetCurrentHash());
        file.Flush(flushToDisk: true);

        void Add(ReadOnlySpan<byte> bytes)
        {
            hash.Append(bytes);
            file.Write(bytes);
        }
    }

    /// <summary>Opens an index.</summary>
    /// <param name="path">The file.</param>
    /// <param name="keyAt">The key of a row, where the file holds none.</param>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    public static KeyIndex Open(string path, Func<int, UInt128>? keyAt)
    {
        var file = MappedFile.Open(path);
        var bytes = file.Span;
        if (bytes.Length < HeaderLength + 8 || !XxHash3.Hash(bytes[..^8]).AsSpan().SequenceEqual(bytes[^8..]) || BinaryPrimitives.ReadUInt32LittleEndian(bytes) != Magic)
            throw new InvalidDataException($"The warehouse's file '{path}' is damaged: it is no whole index of keys. 'snowplow rebuild' makes it anew.");

        var header = MemoryMarshal.Cast<byte, int>(bytes[..HeaderLength]);
        return new KeyIndex(file, header[1], header[2], header[3] == 1 ? null : keyAt);
    }

    /// <summary>The row of a key; negative where there is none.</summary>
    public int Find(UInt128 key)
    {
        var mixed = Mix(key);
        var mark = Mark(mixed);
        var starts = Starts;
        var entries = Entries;
        var bucket = Bucket(mixed, _bucketBits);
        for (var i = (int)starts[bucket]; i < starts[bucket + 1]; i++)
        {
            if (entries[i] >> RowBits != mark) continue;
            var row = (int)(entries[i] & ((1 << RowBits) - 1));
            if (KeyAt(row) == key) return row;
        }

        GC.KeepAlive(_file);
        return -1;
    }

    /// <summary>The key of a row.</summary>
    public UInt128 KeyAt(int row) => _keyAt is not null ? _keyAt(row) : MemoryMarshal.Read<UInt128>(_file.Span[(HeaderLength + (4 * ((1 << _bucketBits) + 1 + _rows)) + (16 * row))..]);

    // Ids may be anything: times, or the same but for some bytes.
    private static ulong Mix(UInt128 key)
    {
        var mixed = (ulong)key ^ BitOperations.RotateLeft((ulong)(key >> 64) * 0x9E3779B97F4A7C15, 29);
        mixed = (mixed ^ (mixed >> 33)) * 0xff51afd7ed558ccd;
        mixed = (mixed ^ (mixed >> 33)) * 0xc4ceb9fe1a85ec53;
        return mixed ^ (mixed >> 33);
    }

    private static int Bucket(ulong mixed, int bits) => (int)(mixed >> (64 - bits));

    private static uint Mark(ulong mixed) => (uint)mixed & 0xFFF;
}
