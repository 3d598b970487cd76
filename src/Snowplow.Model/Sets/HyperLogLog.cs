using System.Numerics;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Snowplow.Model.Sets;

/// <summary>
/// Counts distinct hashes: exactly up to 256, beyond by HyperLogLog of 4,096 registers with Ertl's estimator (2017; standard
/// error 1.04/√4096, 1.6 %, at any size). Depends on the set alone. At most 4 KiB.
/// </summary>
[JsonConverter(typeof(Converter))]
internal sealed class HyperLogLog
{
    internal const int ExactCapacity = 256;

    private const int IndexBits = 12;
    private const int Registers = 1 << IndexBits;
    private const int MaxRank = 64 - IndexBits + 1;

    // In ascending order, until there are registers.
    private readonly List<ulong> _hashes = [];
    private byte[]? _registers;

    public bool IsEmpty => _registers is null && _hashes.Count == 0;

    public long Count => _registers is null ? _hashes.Count : Estimate(_registers);

    public void Add(ulong hash)
    {
        if (_registers is not null)
        {
            Raise(hash);
            return;
        }

        var at = _hashes.BinarySearch(hash);
        if (at >= 0) return;
        _hashes.Insert(~at, hash);
        if (_hashes.Count > ExactCapacity) MakeRegisters();
    }

    public void UnionWith(HyperLogLog other)
    {
        foreach (var hash in other._hashes) Add(hash);
        if (other._registers is not { } registers) return;
        if (_registers is null) MakeRegisters();
        for (var i = 0; i < Registers; i++) _registers![i] = Math.Max(_registers[i], registers[i]);
    }

    private void MakeRegisters()
    {
        _registers = new byte[Registers];
        foreach (var hash in _hashes) Raise(hash);
        _hashes.Clear();
    }

    private void Raise(ulong hash)
    {
        ref var register = ref _registers![hash >> (64 - IndexBits)];
        register = Math.Max(register, (byte)Math.Min(MaxRank, BitOperations.LeadingZeroCount(hash << IndexBits) + 1));
    }

    // Ertl, "New cardinality estimation algorithms for HyperLogLog sketches", algorithm 6.
    private static long Estimate(byte[] registers)
    {
        Span<int> counts = stackalloc int[MaxRank + 1];
        foreach (var register in registers) counts[register]++;
        var z = Registers * Tau(1 - counts[MaxRank] / (double)Registers);
        for (var rank = MaxRank - 1; rank >= 1; rank--) z = 0.5 * (z + counts[rank]);
        z += Registers * Sigma(counts[0] / (double)Registers);
        return (long)Math.Round((double)Registers * Registers / (2 * Math.Log(2) * z));
    }

    private static double Sigma(double x)
    {
        if (x == 1) return double.PositiveInfinity;
        var (y, z, before) = (1.0, x, double.NaN);
        while (z != before)
        {
            x *= x;
            before = z;
            z += x * y;
            y += y;
        }

        return z;
    }

    private static double Tau(double x)
    {
        if (x is 0 or 1) return 0;
        var (y, z, before) = (1.0, 1 - x, double.NaN);
        while (z != before)
        {
            x = Math.Sqrt(x);
            before = z;
            y *= 0.5;
            z -= (1 - x) * (1 - x) * y;
        }

        return z / 3;
    }

    // The hashes, or the registers, of which there are always more bytes.
    internal sealed class Converter : JsonConverter<HyperLogLog>
    {
        public override HyperLogLog Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            var bytes = reader.GetBytesFromBase64();
            var set = new HyperLogLog();
            if (bytes.Length == Registers)
            {
                set._registers = bytes;
                return set;
            }

            var packed = new PackedReader(bytes);
            while (!packed.IsAtEnd) set.Add(packed.Read());
            return set;
        }

        public override void Write(Utf8JsonWriter writer, HyperLogLog value, JsonSerializerOptions options)
        {
            if (value._registers is not null)
            {
                writer.WriteBase64StringValue(value._registers);
                return;
            }

            var packed = new PackedWriter(stackalloc byte[ExactCapacity * 8]);
            foreach (var hash in value._hashes) packed.Write(hash);
            writer.WriteBase64StringValue(packed.Written);
        }
    }
}
