using Snowplow.Kql.Data;

namespace Snowplow.Kql.Functions.Core;

/// <summary>Makes kernels of functions of values.</summary>
internal static class Kernels
{
    public static Kernel Of<TA, TResult>(Func<TA, TResult> f) => (arguments, rows, _) =>
    {
        var a = Values<TA>(arguments[0], out var maskA);
        var writer = new ColumnWriter<TResult>(rows);
        var result = writer.Values;
        if (!HasNulls(arguments))
        {
            for (var i = 0; i < rows; i++) result[i] = f(a[i & maskA]);
            return Finish(writer);
        }

        for (var i = 0; i < rows; i++)
        {
            if (arguments[0].IsNull(i)) writer.SetNull(i);
            else result[i] = f(a[i & maskA]);
        }

        return Finish(writer);
    };

    public static Kernel Of<TA, TB, TResult>(Func<TA, TB, TResult> f) => (arguments, rows, _) =>
    {
        var a = Values<TA>(arguments[0], out var maskA);
        var b = Values<TB>(arguments[1], out var maskB);
        var writer = new ColumnWriter<TResult>(rows);
        var result = writer.Values;
        var hasNulls = HasNulls(arguments);
        for (var i = 0; i < rows; i++)
        {
            if (hasNulls && AnyNull(arguments, i)) writer.SetNull(i);
            else result[i] = f(a[i & maskA], b[i & maskB]);
        }

        return Finish(writer);
    };

    public static Kernel Of<TA, TB, TC, TResult>(Func<TA, TB, TC, TResult> f) => (arguments, rows, _) =>
    {
        var a = Values<TA>(arguments[0], out var maskA);
        var b = Values<TB>(arguments[1], out var maskB);
        var c = Values<TC>(arguments[2], out var maskC);
        var writer = new ColumnWriter<TResult>(rows);
        var result = writer.Values;
        var hasNulls = HasNulls(arguments);
        for (var i = 0; i < rows; i++)
        {
            if (hasNulls && AnyNull(arguments, i)) writer.SetNull(i);
            else result[i] = f(a[i & maskA], b[i & maskB], c[i & maskC]);
        }

        return Finish(writer);
    };

    public static Kernel Of<TA, TB, TC, TD, TResult>(Func<TA, TB, TC, TD, TResult> f) => (arguments, rows, _) =>
    {
        var a = Values<TA>(arguments[0], out var maskA);
        var b = Values<TB>(arguments[1], out var maskB);
        var c = Values<TC>(arguments[2], out var maskC);
        var d = Values<TD>(arguments[3], out var maskD);
        var writer = new ColumnWriter<TResult>(rows);
        var result = writer.Values;
        var hasNulls = HasNulls(arguments);
        for (var i = 0; i < rows; i++)
        {
            if (hasNulls && AnyNull(arguments, i)) writer.SetNull(i);
            else result[i] = f(a[i & maskA], b[i & maskB], c[i & maskC], d[i & maskD]);
        }

        return Finish(writer);
    };

    public static Kernel Nullable<TA, TResult>(Func<TA, TResult?> f)
        where TResult : struct => (arguments, rows, _) =>
    {
        var a = Values<TA>(arguments[0], out var maskA);
        var writer = new ColumnWriter<TResult>(rows);
        for (var i = 0; i < rows; i++) Set(writer, i, AnyNull(arguments, i) ? null : f(a[i & maskA]));
        return writer.Finish();
    };

    public static Kernel Nullable<TA, TB, TResult>(Func<TA, TB, TResult?> f)
        where TResult : struct => (arguments, rows, _) =>
    {
        var a = Values<TA>(arguments[0], out var maskA);
        var b = Values<TB>(arguments[1], out var maskB);
        var writer = new ColumnWriter<TResult>(rows);
        for (var i = 0; i < rows; i++) Set(writer, i, AnyNull(arguments, i) ? null : f(a[i & maskA], b[i & maskB]));
        return writer.Finish();
    };

    public static Kernel Nullable<TA, TB, TC, TResult>(Func<TA, TB, TC, TResult?> f)
        where TResult : struct => (arguments, rows, _) =>
    {
        var a = Values<TA>(arguments[0], out var maskA);
        var b = Values<TB>(arguments[1], out var maskB);
        var c = Values<TC>(arguments[2], out var maskC);
        var writer = new ColumnWriter<TResult>(rows);
        for (var i = 0; i < rows; i++) Set(writer, i, AnyNull(arguments, i) ? null : f(a[i & maskA], b[i & maskB], c[i & maskC]));
        return writer.Finish();
    };

    public static Kernel OfRow(KqlType type, Func<object?[], object?> f) => (arguments, rows, context) =>
    {
        var values = new object?[arguments.Length];
        var results = new object?[rows];
        for (var i = 0; i < rows; i++)
        {
            if ((i & 1023) == 0) context.Cancellation.ThrowIfCancellationRequested();
            for (var j = 0; j < values.Length; j++) values[j] = arguments[j].Box(i);
            results[i] = f(values);
        }

        return Columns.Of(type, results);
    };

    /// <summary>The elements of a column and what to mask a row with to find its element.</summary>
    public static ReadOnlySpan<T> Values<T>(Column column, out int mask)
    {
        mask = column.IsConstant ? 0 : -1;
        return column.ValuesAs<T>();
    }

    public static bool HasNulls(Column[] columns) => Array.Exists(columns, column => column.HasNulls);

    public static bool AnyNull(Column[] columns, int row)
    {
        foreach (var column in columns)
            if (column.IsNull(row)) return true;
        return false;
    }

    private static void Set<T>(ColumnWriter<T> writer, int row, T? value)
        where T : struct
    {
        if (value is { } some) writer.Values[row] = some;
        else writer.SetNull(row);
    }

    // A function of strings may give null for the empty string.
    private static Column Finish<T>(ColumnWriter<T> writer)
    {
        if (typeof(T) == typeof(string))
            foreach (ref var value in writer.Values) value ??= (T)(object)"";
        return writer.Finish();
    }
}
