using Snowplow.Kql.Data;

namespace Snowplow.Kql.Aggregates.Core;

/// <summary>Holds a value of a column for each group.</summary>
internal abstract class GroupStore
{
    public static GroupStore Of(KqlType type) => type switch
    {
        KqlType.Bool => new GroupStore<bool>(type),
        KqlType.Int => new GroupStore<int>(type),
        KqlType.Real => new GroupStore<double>(type),
        KqlType.Decimal => new GroupStore<decimal>(type),
        KqlType.Guid => new GroupStore<Guid>(type),
        KqlType.String => new StringGroupStore(),
        KqlType.Dynamic => new DynamicGroupStore(),
        _ => new GroupStore<long>(type),
    };

    /// <summary>Puts a row's value into a group.</summary>
    public abstract void Set(int group, Column column, int row);

    /// <summary>Puts the value of another store's group into a group.</summary>
    public abstract void Set(int group, GroupStore other, int otherGroup);

    /// <summary>The values; null where none was put.</summary>
    public abstract Column Finish(int groupCount);
}

internal sealed class GroupStore<T>(KqlType type) : GroupStore
    where T : unmanaged
{
    private T[] _values = [];
    private bool[] _has = [];

    public override void Set(int group, Column column, int row)
    {
        var source = (ValueColumn<T>)column;
        Put(group, source.IsNull(row) ? null : source[row]);
    }

    public override void Set(int group, GroupStore other, int otherGroup)
    {
        var source = (GroupStore<T>)other;
        Put(group, otherGroup < source._has.Length && source._has[otherGroup] ? source._values[otherGroup] : null);
    }

    public override Column Finish(int groupCount)
    {
        Array.Resize(ref _values, groupCount);
        Array.Resize(ref _has, groupCount);
        Bitmap? valid = null;
        for (var i = 0; i < groupCount; i++)
            if (!_has[i]) (valid ??= new Bitmap(groupCount, true))[i] = false;
        return new ValueColumn<T>(type, _values, valid);
    }

    private void Put(int group, T? value)
    {
        if (group >= _values.Length)
        {
            var size = Math.Max(group + 1, Math.Max(16, 2 * _values.Length));
            Array.Resize(ref _values, size);
            Array.Resize(ref _has, size);
        }

        _values[group] = value.GetValueOrDefault();
        _has[group] = value is not null;
    }
}

internal sealed class StringGroupStore : GroupStore
{
    private readonly StringInterner _interner = new();
    private int[] _codes = [];

    public override void Set(int group, Column column, int row)
    {
        var strings = (StringColumn)column;
        Put(group, _interner.Code(strings.Pool, _interner.Map(strings.Pool), strings.Code(row)));
    }

    public override void Set(int group, GroupStore other, int otherGroup)
    {
        var source = (StringGroupStore)other;
        var code = otherGroup < source._codes.Length ? source._codes[otherGroup] - 1 : -1;
        Put(group, _interner.Intern(code < 0 ? [] : source._interner[code]));
    }

    public override Column Finish(int groupCount)
    {
        var empty = _interner.Intern([]);
        var codes = new int[groupCount];
        for (var i = 0; i < groupCount; i++) codes[i] = i < _codes.Length && _codes[i] > 0 ? _codes[i] - 1 : empty;
        return new StringColumn(_interner.ToPool(), codes);
    }

    private void Put(int group, int code)
    {
        if (group >= _codes.Length) Array.Resize(ref _codes, Math.Max(group + 1, Math.Max(16, 2 * _codes.Length)));
        _codes[group] = code + 1;
    }
}

internal sealed class DynamicGroupStore : GroupStore
{
    private object?[] _values = [];

    public override void Set(int group, Column column, int row) => Put(group, column.Box(row));

    public override void Set(int group, GroupStore other, int otherGroup)
    {
        var source = (DynamicGroupStore)other;
        Put(group, otherGroup < source._values.Length ? source._values[otherGroup] : null);
    }

    public override Column Finish(int groupCount)
    {
        Array.Resize(ref _values, groupCount);
        return new DynamicColumn(_values);
    }

    private void Put(int group, object? value)
    {
        if (group >= _values.Length) Array.Resize(ref _values, Math.Max(group + 1, Math.Max(16, 2 * _values.Length)));
        _values[group] = value;
    }
}
