using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Snowplow.Kql.Data;

namespace Snowplow.Kql.Functions.Operators;

/// <summary>Compares columns of one type; columns of 8-byte elements with a constant by SIMD.</summary>
internal static class Comparer<T>
    where T : unmanaged, IEquatable<T>, IComparable<T>
{
    // For each pattern of four bits, four bools.
    private static readonly uint[] Bools = [.. Enumerable.Range(0, 16).Select(bits => (uint)((bits & 1) | (bits & 2) << 7 | (bits & 4) << 14 | (bits & 8) << 21))];

    public static void Compare(string operation, ValueColumn<T> left, ValueColumn<T> right, Span<bool> result)
    {
        if (left.IsConstant && !right.IsConstant)
        {
            Compare(operation switch { "<" => ">", "<=" => ">=", ">" => "<", ">=" => "<=", _ => operation }, right, left, result);
            return;
        }

        var a = left.Values;
        var done = 0;
        if (right.IsConstant && !left.IsConstant && Vector256.IsHardwareAccelerated)
        {
            if (typeof(T) == typeof(long)) done = CompareVectors<long>(operation, left.ValuesAs<long>(), right.ValuesAs<long>()[0], result);
            else if (typeof(T) == typeof(double)) done = CompareVectors<double>(operation, left.ValuesAs<double>(), right.ValuesAs<double>()[0], result);
        }

        switch (operation)
        {
            case "==": Loop<Equal>(a, left.IsConstant, right, result, done); break;
            case "!=": Loop<NotEqual>(a, left.IsConstant, right, result, done); break;
            case "<": Loop<Less>(a, left.IsConstant, right, result, done); break;
            case "<=": Loop<LessOrEqual>(a, left.IsConstant, right, result, done); break;
            case ">": Loop<Greater>(a, left.IsConstant, right, result, done); break;
            default: Loop<GreaterOrEqual>(a, left.IsConstant, right, result, done); break;
        }
    }

    private static void Loop<TOperation>(ReadOnlySpan<T> a, bool isConstant, ValueColumn<T> right, Span<bool> result, int start)
        where TOperation : struct, IOperation
    {
        var b = right.Values;
        if (isConstant)
        {
            result.Fill(TOperation.Apply(a[0], b[0]));
        }
        else if (right.IsConstant)
        {
            var constant = b[0];
            for (var i = start; i < result.Length; i++) result[i] = TOperation.Apply(a[i], constant);
        }
        else
        {
            for (var i = start; i < result.Length; i++) result[i] = TOperation.Apply(a[i], b[i]);
        }
    }

    private static int CompareVectors<TElement>(string operation, ReadOnlySpan<TElement> values, TElement constant, Span<bool> result)
        where TElement : unmanaged
    {
        var other = Vector256.Create(constant);
        ref var source = ref MemoryMarshal.GetReference(values);
        ref var target = ref Unsafe.As<bool, byte>(ref MemoryMarshal.GetReference(result));
        var i = 0;
        for (; i + 4 <= values.Length; i += 4)
        {
            var vector = Vector256.LoadUnsafe(ref source, (nuint)i);
            var bits = (operation switch
            {
                "==" => Vector256.Equals(vector, other),
                "!=" => ~Vector256.Equals(vector, other),
                "<" => Vector256.LessThan(vector, other),
                "<=" => Vector256.LessThanOrEqual(vector, other),
                ">" => Vector256.GreaterThan(vector, other),
                _ => Vector256.GreaterThanOrEqual(vector, other),
            }).ExtractMostSignificantBits();
            Unsafe.WriteUnaligned(ref Unsafe.Add(ref target, i), Bools[bits]);
        }

        return i;
    }

    private interface IOperation
    {
        static abstract bool Apply(T a, T b);
    }

    private readonly struct Equal : IOperation
    {
        public static bool Apply(T a, T b) => IsNaN(a) || IsNaN(b) ? false : a.Equals(b);
    }

    private readonly struct NotEqual : IOperation
    {
        public static bool Apply(T a, T b) => IsNaN(a) || IsNaN(b) || !a.Equals(b);
    }

    private readonly struct Less : IOperation
    {
        public static bool Apply(T a, T b) => !IsNaN(a) && !IsNaN(b) && a.CompareTo(b) < 0;
    }

    private readonly struct LessOrEqual : IOperation
    {
        public static bool Apply(T a, T b) => !IsNaN(a) && !IsNaN(b) && a.CompareTo(b) <= 0;
    }

    private readonly struct Greater : IOperation
    {
        public static bool Apply(T a, T b) => !IsNaN(a) && !IsNaN(b) && a.CompareTo(b) > 0;
    }

    private readonly struct GreaterOrEqual : IOperation
    {
        public static bool Apply(T a, T b) => !IsNaN(a) && !IsNaN(b) && a.CompareTo(b) >= 0;
    }

    private static bool IsNaN(T value) => typeof(T) == typeof(double) && double.IsNaN((double)(object)value);
}
