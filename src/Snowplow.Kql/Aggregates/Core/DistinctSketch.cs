using System.Numerics;

namespace Snowplow.Kql.Aggregates.Core;

/// <summary>
/// An estimate of the number of different values: exact up to a number of them, by their hashes, then HyperLogLog (Flajolet and others, 2007) with
/// one-byte registers, read by the improved estimator of Ertl (2017), which has no bias at small numbers and needs no other one for them. Registers are 2^12, 2^14, 2^16, 2^17 or 2^18 for the accuracies 0 to 4 of KQL, which are
/// 1.6, 0.8, 0.4, 0.28 and 0.2 % of standard error.
/// </summary>
internal sealed class DistinctSketch(int accuracy)
{
    private static readonly int[] Bits = [12, 14, 16, 17, 18];
    private static readonly int[] ExactCounts = [1_000, 1_000, 8_000, 8_000, 8_000];

    private HashSet<ulong>? _exact = [];
    private byte[]? _registers;

    /// <summary>The accuracy, 0 to 4.</summary>
    public int Accuracy { get; } = accuracy;

    /// <summary>The hashes of the values while the state is exact; null later.</summary>
    public IReadOnlySet<ulong>? Hashes => _exact;

    /// <summary>Takes a value in; the bytes that the sketch grew by, about.</summary>
    public long Add(ulong hash)
    {
        if (_exact is null)
        {
            Register(hash);
            return 0;
        }

        if (!_exact.Add(hash)) return 0;
        if (_exact.Count <= ExactCounts[Accuracy]) return 24;
        var exact = 24L * (_exact.Count - 1);
        ToRegisters();
        return _registers!.Length - exact;
    }

    public void Merge(DistinctSketch other)
    {
        if (other._exact is not null)
        {
            foreach (var hash in other._exact) Add(hash);
            return;
        }

        if (_exact is not null) ToRegisters();
        for (var i = 0; i < _registers!.Length; i++) _registers[i] = Math.Max(_registers[i], other._registers![i]);
    }

    public long Estimate()
    {
        if (_exact is not null) return _exact.Count;
        var m = (double)_registers!.Length;
        var maxRank = 65 - Bits[Accuracy];
        var counts = new int[maxRank + 1];
        foreach (var register in _registers) counts[Math.Min(register, maxRank)]++;
        var sum = m * Tau(1 - (counts[maxRank] / m));
        for (var rank = maxRank - 1; rank >= 1; rank--) sum = 0.5 * (sum + counts[rank]);
        sum += m * Sigma(counts[0] / m);
        return (long)Math.Round(m * m / (2 * Math.Log(2) * sum));
    }

    // x + x^2 + 2 x^4 + 4 x^8 + ...
    private static double Sigma(double x)
    {
        if (x == 1) return double.PositiveInfinity;
        var (sum, before, factor) = (x, -1.0, 1.0);
        while (sum != before)
        {
            x *= x;
            before = sum;
            sum += x * factor;
            factor += factor;
        }

        return sum;
    }

    // (1 - x - (1 - x^(1/2))^2 / 2 - (1 - x^(1/4))^2 / 4 - ...) / 3
    private static double Tau(double x)
    {
        if (x is 0 or 1) return 0;
        var (sum, before, factor) = (1 - x, -1.0, 1.0);
        while (sum != before)
        {
            x = Math.Sqrt(x);
            before = sum;
            factor *= 0.5;
            sum -= (1 - x) * (1 - x) * factor;
        }

        return sum / 3;
    }

    /// <summary>The state as text; its form is this engine's own.</summary>
    public string ToText() => _exact is not null
        ? $"e{Accuracy}{Convert.ToBase64String(System.Runtime.InteropServices.MemoryMarshal.AsBytes<ulong>(_exact.ToArray()))}"
        : $"r{Accuracy}{Convert.ToBase64String(_registers!)}";

    /// <summary>The sketch of a text; null where it is none.</summary>
    public static DistinctSketch? Parse(string? text)
    {
        if (text is null || text.Length < 2 || text[1] is < '0' or > '4') return null;
        var sketch = new DistinctSketch(text[1] - '0');
        var bytes = new byte[text.Length];
        if (!Convert.TryFromBase64Chars(text.AsSpan(2), bytes, out var length)) return null;
        if (text[0] == 'e' && length % 8 == 0)
        {
            foreach (var hash in System.Runtime.InteropServices.MemoryMarshal.Cast<byte, ulong>(bytes.AsSpan(0, length))) sketch.Add(hash);
            return sketch;
        }

        if (text[0] != 'r' || length != 1 << Bits[sketch.Accuracy]) return null;
        sketch._exact = null;
        sketch._registers = bytes.AsSpan(0, length).ToArray();
        return sketch;
    }

    private void ToRegisters()
    {
        _registers = new byte[1 << Bits[Accuracy]];
        foreach (var hash in _exact!) Register(hash);
        _exact = null;
    }

    private void Register(ulong hash)
    {
        var bits = Bits[Accuracy];
        var index = (int)(hash >> (64 - bits));
        var rank = (byte)(BitOperations.LeadingZeroCount((hash << bits) | (1UL << (bits - 1))) + 1);
        if (_registers![index] < rank) _registers[index] = rank;
    }
}
