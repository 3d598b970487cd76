using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using Snowplow.Kql.Data;

namespace Snowplow.Kql.Execution.Grouping;

/// <summary>Gives the values of one key column small numbers in the order of first appearance; null is a value.</summary>
internal abstract class KeyCoder
{
    /// <summary>Number of values.</summary>
    public abstract int Count { get; }

    public abstract long SizeBytes { get; }

    public static KeyCoder Of(KqlType type) => type switch
    {
        KqlType.String => new StringKeyCoder(),
        KqlType.Decimal or KqlType.Guid or KqlType.Dynamic => new ObjectKeyCoder(type),
        _ => new Int64KeyCoder(type),
    };

    /// <summary>The number of each row's value; where <paramref name="adds"/> is false, -1 for values that have none.</summary>
    public abstract void Code(Column column, Span<int> codes, bool adds);

    /// <summary>The values of these numbers.</summary>
    public abstract Column Values(ReadOnlySpan<int> codes);

    /// <summary>
    /// Joins coders of one kind, of which this is the first: each value once, in the order of the coders and of their numbers, and for each coder where its
    /// values are among them. Nothing is coded afterwards.
    /// </summary>
    public abstract (Column Values, int[][] Places) Join(KeyCoder[] all, QueryContext context);

    /// <summary>The numbers 0, 1, 2, …</summary>
    protected static int[] Numbers(int count)
    {
        var numbers = new int[count];
        for (var i = 0; i < count; i++) numbers[i] = i;
        return numbers;
    }
}

/// <summary>Keys of up to 64 bits.</summary>
internal sealed class Int64KeyCoder(KqlType type) : KeyCoder
{
    private readonly Int64Map _map = new();
    private int _null = -1;

    // Null takes a number like others, so the numbers of the map are moved by one behind it.
    public override int Count => _map.Count + (_null < 0 ? 0 : 1);

    public override long SizeBytes => _map.SizeBytes;

    public override void Code(Column column, Span<int> codes, bool adds)
    {
        switch (column)
        {
            case ValueColumn<long> longs: Code(longs, codes, adds, value => value); break;
            case ValueColumn<int> ints: Code(ints, codes, adds, value => value); break;
            case ValueColumn<bool> bools: Code(bools, codes, adds, value => value ? 1 : 0); break;
            case ValueColumn<double> reals: Code(reals, codes, adds, RealBits.Of); break;
            default: throw new InvalidOperationException($"No key: {column.Type}");
        }
    }

    public override Column Values(ReadOnlySpan<int> codes) => Values(codes, _map.Keys.Span, _null);

    public override (Column Values, int[][] Places) Join(KeyCoder[] all, QueryContext context)
    {
        var coders = Array.ConvertAll(all, coder => (Int64KeyCoder)coder);
        var union = KeyUnion.Of(new Int64Keys(Array.ConvertAll(coders, coder => coder._map.Keys), Array.ConvertAll(coders, coder => coder._null)), context);
        var keys = new long[union.Count];
        var isNull = -1;
        for (var part = 0; part < coders.Length; part++)
        {
            var own = coders[part]._map.Keys.Span;
            var places = union.Places[part];
            for (int code = 0, at = 0; code < places.Length; code++)
            {
                if (code == coders[part]._null) isNull = places[code];
                else keys[places[code]] = own[at++];
            }
        }

        if (isNull >= 0) keys = [.. keys[..isNull], .. keys[(isNull + 1)..]];
        return (Values(Numbers(union.Count), keys, isNull), union.Places);
    }

    private Column Values(ReadOnlySpan<int> codes, ReadOnlySpan<long> keys, int isNull)
    {
        var values = new long[codes.Length];
        Bitmap? valid = null;
        for (var i = 0; i < codes.Length; i++)
        {
            if (codes[i] == isNull) (valid ??= new Bitmap(codes.Length, true))[i] = false;
            else values[i] = keys[isNull >= 0 && codes[i] > isNull ? codes[i] - 1 : codes[i]];
        }

        return type switch
        {
            KqlType.Int => new ValueColumn<int>(type, [.. values.Select(value => (int)value)], valid),
            KqlType.Bool => new ValueColumn<bool>(type, [.. values.Select(value => value != 0)], valid),
            KqlType.Real => new ValueColumn<double>(type, MemoryMarshal.Cast<long, double>(values).ToArray(), valid),
            _ => new ValueColumn<long>(type, values, valid),
        };
    }

    private void Code<T>(ValueColumn<T> column, Span<int> codes, bool adds, Func<T, long> key)
        where T : unmanaged
    {
        if (column.IsConstant)
        {
            var code = column.IsNull(0) ? Null(adds) : Number(key(column[0]), adds);
            codes.Fill(code);
            return;
        }

        var values = column.Values;
        var last = 0L;
        var lastCode = -1;
        if (typeof(T) == typeof(long) && !column.HasNulls)
        {
            var longs = column.ValuesAs<long>();
            for (var i = 0; i < codes.Length; i++)
            {
                if (longs[i] != last || lastCode < 0) lastCode = Number(last = longs[i], adds);
                codes[i] = lastCode;
            }

            return;
        }

        for (var i = 0; i < codes.Length; i++)
        {
            if (column.IsNull(i))
            {
                codes[i] = Null(adds);
                continue;
            }

            var value = key(values[i]);
            if (value != last || lastCode < 0) lastCode = Number(last = value, adds);
            codes[i] = lastCode;
        }
    }

    private int Null(bool adds)
    {
        if (_null < 0 && adds) _null = _map.Count;
        return _null;
    }

    private int Number(long key, bool adds)
    {
        var number = adds ? _map.Add(key) : _map.Look(key);
        return _null >= 0 && number >= _null ? number + 1 : number;
    }
}

/// <summary>Keys that are strings.</summary>
internal sealed class StringKeyCoder : KeyCoder
{
    private readonly StringInterner _interner = new();
    private readonly ConcurrentDictionary<int, (StringPool Pool, int[] Numbers)> _found = [];

    public override int Count => _interner.Count;

    public override long SizeBytes => _interner.SizeBytes;

    public override void Code(Column column, Span<int> codes, bool adds)
    {
        var strings = (StringColumn)column;
        if (!adds)
        {
            Look(strings, codes);
            return;
        }

        var map = _interner.Map(strings.Pool);
        if (strings.IsConstant)
        {
            codes.Fill(_interner.Code(strings.Pool, map, strings.Code(0)));
            return;
        }

        var source = strings.Codes;
        for (var i = 0; i < codes.Length; i++)
        {
            var number = map[source[i]] - 1;
            codes[i] = number >= 0 ? number : _interner.Code(strings.Pool, map, source[i]);
        }
    }

    public override Column Values(ReadOnlySpan<int> codes) => new StringColumn(_interner.ToPool(), codes.ToArray());

    public override (Column Values, int[][] Places) Join(KeyCoder[] all, QueryContext context)
    {
        var interners = Array.ConvertAll(all, coder => ((StringKeyCoder)coder)._interner);
        var union = KeyUnion.Of(new StringKeys(interners), context);
        var values = new StringPoolBuilder(union.Count);
        for (var part = 0; part < interners.Length; part++)
            for (var i = 0; i < union.Places[part].Length; i++)
                if (union.Places[part][i] >= union.Firsts[part]) values.Add(interners[part][i]);
        return (StringColumn.All(values.Finish()), union.Places);
    }

    // Several threads look at once, so what is found is kept for each: for the pool seen last, 0 for what was not looked for yet.
    private void Look(StringColumn strings, Span<int> codes)
    {
        var thread = Environment.CurrentManagedThreadId;
        if (!_found.TryGetValue(thread, out var seen) || seen.Pool != strings.Pool) _found[thread] = seen = (strings.Pool, new int[strings.Pool.Count]);
        var found = seen.Numbers;
        for (var i = 0; i < codes.Length; i++)
        {
            ref var number = ref found[strings.Code(i)];
            if (number == 0) number = _interner.Look(strings.Utf8(i)) + 2;
            codes[i] = number - 2;
        }
    }
}

/// <summary>Keys of other types, as objects; of dynamic values their JSON.</summary>
internal sealed class ObjectKeyCoder(KqlType type) : KeyCoder
{
    private static readonly object Null = new();

    private readonly Dictionary<object, int> _numbers = [];
    private readonly List<object?> _values = [];

    public override int Count => _values.Count;

    public override long SizeBytes => 100L * _values.Count;

    public override void Code(Column column, Span<int> codes, bool adds)
    {
        for (var i = 0; i < codes.Length; i++)
        {
            var value = column.Box(i);
            var key = value is null ? Null : type == KqlType.Dynamic ? DynamicJson.Text(value) : value;
            if (!_numbers.TryGetValue(key, out codes[i]))
            {
                codes[i] = -1;
                if (!adds) continue;
                codes[i] = _values.Count;
                _numbers.Add(key, codes[i]);
                _values.Add(value);
            }
        }
    }

    public override Column Values(ReadOnlySpan<int> codes)
    {
        var values = new object?[codes.Length];
        for (var i = 0; i < codes.Length; i++) values[i] = _values[codes[i]];
        return Columns.Of(type, values);
    }

    // They are few as a rule, and so are joined by one thread.
    public override (Column Values, int[][] Places) Join(KeyCoder[] all, QueryContext context)
    {
        var places = new int[all.Length][];
        for (var part = 0; part < all.Length; part++)
        {
            places[part] = Numbers(all[part].Count);
            if (part > 0) Code(all[part].Values(places[part]), places[part], true);
        }

        return (Values(Numbers(Count)), places);
    }
}
