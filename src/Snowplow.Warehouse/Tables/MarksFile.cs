using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace Snowplow.Warehouse.Tables;

/// <summary>The dead and the hidden rows of an extent, as a file that is written once.</summary>
/// <remarks>Layout, little-endian: numbers of words of both sets (32 bits each), their words (64 bits each), XxHash3 of all before.</remarks>
internal static class MarksFile
{
    private const int HeaderLength = 8;

    /// <summary>Writes a file; it is durable afterwards.</summary>
    public static void Write(string path, ulong[] dead, ulong[] hidden)
    {
        var bytes = new byte[HeaderLength + (8 * (dead.Length + hidden.Length)) + 8];
        MemoryMarshal.AsBytes([dead.Length, hidden.Length]).CopyTo(bytes);
        MemoryMarshal.AsBytes(dead).CopyTo(bytes.AsSpan(HeaderLength));
        MemoryMarshal.AsBytes(hidden).CopyTo(bytes.AsSpan(HeaderLength + (8 * dead.Length)));
        XxHash3.Hash(bytes.AsSpan(0, bytes.Length - 8), bytes.AsSpan(bytes.Length - 8));
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None);
        file.Write(bytes);
        file.Flush(flushToDisk: true);
    }

    /// <summary>Reads a file.</summary>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public static (ulong[] Dead, ulong[] Hidden) Read(string path)
    {
        var bytes = File.ReadAllBytes(path);
        if (bytes.Length >= HeaderLength + 8 && XxHash3.Hash(bytes.AsSpan(0, bytes.Length - 8)).AsSpan().SequenceEqual(bytes.AsSpan(bytes.Length - 8)))
        {
            var lengths = MemoryMarshal.Cast<byte, int>(bytes.AsSpan(0, HeaderLength));
            var words = MemoryMarshal.Cast<byte, ulong>(bytes.AsSpan(HeaderLength, bytes.Length - HeaderLength - 8));
            if (lengths[0] + lengths[1] == words.Length) return (words[..lengths[0]].ToArray(), words[lengths[0]..].ToArray());
        }

        throw new InvalidDataException($"The warehouse's file '{path}' is damaged: it is no whole file of marks. 'snowplow rebuild' makes it anew.");
    }
}
