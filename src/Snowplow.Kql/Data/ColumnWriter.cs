using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Snowplow.Kql.Data;

/// <summary>Fills a column row by row. Rows that nobody sets hold zero, the empty string or null; of datetimes the kind is dropped.</summary>
/// <typeparam name="T">bool, int, long, double, decimal, Guid, DateTime, TimeSpan, string or object.</typeparam>
internal sealed class ColumnWriter<T>
{
    private static readonly KqlType OwnType = ClrTypes.KqlTypeOf<T>();

    private readonly Array _array;
    private Bitmap? _valid;

    public ColumnWriter(int rows)
    {
        Length = rows;
        _array = OwnType.IsInt64() ? new long[rows] : new T[rows];
        if (typeof(T) == typeof(string)) Array.Fill((string[])_array, "");
    }

    public int Length { get; }

    /// <summary>The elements.</summary>
    public Span<T> Values => MemoryMarshal.CreateSpan(ref Unsafe.As<byte, T>(ref MemoryMarshal.GetArrayDataReference(_array)), Length);

    public void SetNull(int row)
    {
        if (typeof(T) == typeof(string) || typeof(T) == typeof(object)) return;
        _valid ??= new Bitmap(Length, true);
        _valid[row] = false;
    }

    /// <summary>The column; nothing may be written afterwards.</summary>
    public Column Finish() => Finish(_valid);

    /// <summary>The column with these rows valid, whatever was set to null.</summary>
    public Column Finish(Bitmap? valid)
    {
        if (typeof(T) == typeof(DateTime))
            foreach (ref var ticks in ((long[])_array).AsSpan()) ticks &= 0x3FFF_FFFF_FFFF_FFFF;
        return OwnType switch
        {
            KqlType.Bool => new ValueColumn<bool>(OwnType, (bool[])_array, valid),
            KqlType.Int => new ValueColumn<int>(OwnType, (int[])_array, valid),
            KqlType.Real => new ValueColumn<double>(OwnType, (double[])_array, valid),
            KqlType.Decimal => new ValueColumn<decimal>(OwnType, (decimal[])_array, valid),
            KqlType.Guid => new ValueColumn<Guid>(OwnType, (Guid[])_array, valid),
            KqlType.String => StringColumn.Of((string[])_array),
            KqlType.Dynamic => new DynamicColumn((object?[])_array),
            _ => new ValueColumn<long>(OwnType, (long[])_array, valid),
        };
    }
}

/// <summary>The types of .NET that stand for those of KQL.</summary>
internal static class ClrTypes
{
    public static KqlType KqlTypeOf<T>() =>
        typeof(T) == typeof(bool) ? KqlType.Bool
        : typeof(T) == typeof(int) ? KqlType.Int
        : typeof(T) == typeof(long) ? KqlType.Long
        : typeof(T) == typeof(double) ? KqlType.Real
        : typeof(T) == typeof(decimal) ? KqlType.Decimal
        : typeof(T) == typeof(DateTime) ? KqlType.DateTime
        : typeof(T) == typeof(TimeSpan) ? KqlType.TimeSpan
        : typeof(T) == typeof(Guid) ? KqlType.Guid
        : typeof(T) == typeof(string) ? KqlType.String
        : KqlType.Dynamic;
}
