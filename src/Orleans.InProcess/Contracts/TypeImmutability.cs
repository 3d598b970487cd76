using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Numerics;
using System.Reflection;
using Orleans.Runtime;

namespace Orleans.Contracts;

/// <summary>Tells whether instances of a type can change after they were made, going through their fields.</summary>
internal sealed class TypeImmutability
{
    private static readonly FrozenSet<Type> Known = FrozenSet.Create<Type>(
    [
        typeof(string), typeof(decimal), typeof(Guid), typeof(DateTime), typeof(DateTimeOffset), typeof(TimeSpan), typeof(DateOnly),
        typeof(TimeOnly), typeof(Uri), typeof(Version), typeof(BigInteger), typeof(Int128), typeof(UInt128), typeof(Half),
        typeof(CancellationToken), typeof(Type),
    ]);

    // Their arguments decide.
    private static readonly FrozenSet<Type> KnownGeneric = FrozenSet.Create<Type>(
    [
        typeof(Nullable<>), typeof(ReadOnlyMemory<>), typeof(ImmutableArray<>), typeof(ImmutableList<>), typeof(ImmutableDictionary<,>),
        typeof(ImmutableSortedDictionary<,>), typeof(ImmutableHashSet<>), typeof(ImmutableSortedSet<>), typeof(ImmutableQueue<>),
        typeof(ImmutableStack<>), typeof(FrozenDictionary<,>), typeof(FrozenSet<>), typeof(KeyValuePair<,>),
    ]);

    private readonly Dictionary<Type, string?> _reasons = [];

    /// <summary>Why instances can change, naming the member to blame; null when they cannot.</summary>
    public string? WhyMutable(Type type)
    {
        if (type.IsPrimitive || type.IsEnum || Known.Contains(type) || type.IsDefined(typeof(ImmutableAttribute), inherit: false)) return null;
        if (typeof(IAddressable).IsAssignableFrom(type)) return null;
        if (_reasons.TryGetValue(type, out var known)) return known;
        // A type that refers to itself is as immutable as its other members are.
        _reasons[type] = null;
        return _reasons[type] = Inspect(type);
    }

    private string? Inspect(Type type)
    {
        if (type.IsArray) return $"{type.Name} is an array: use ImmutableArray<T> or ReadOnlyMemory<T>";
        var isTuple = type.FullName!.StartsWith("System.ValueTuple`", StringComparison.Ordinal);
        if (isTuple || (type.IsGenericType && KnownGeneric.Contains(type.GetGenericTypeDefinition())))
            return type.GetGenericArguments().Select(WhyMutable).FirstOrDefault(reason => reason is not null);
        if (type.IsInterface || type.IsAbstract || type == typeof(object))
            return $"{type.Name} may be anything: name an immutable type, or mark it [Immutable]";
        return Fields(type).Select(WhyMutable).FirstOrDefault(reason => reason is not null);
    }

    private string? WhyMutable(FieldInfo field)
    {
        var member = field.Name.StartsWith('<') ? field.Name[1..field.Name.IndexOf('>', StringComparison.Ordinal)] : field.Name;
        var property = field.DeclaringType!.GetProperty(member, BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic);
        if (field.IsDefined(typeof(ImmutableAttribute)) || property?.IsDefined(typeof(ImmutableAttribute)) == true) return null;
        if (!field.IsInitOnly) return $"{field.DeclaringType.Name}.{member} can be set: make it init-only or readonly";
        return WhyMutable(field.FieldType) is { } reason ? $"{field.DeclaringType.Name}.{member}: {reason}" : null;
    }

    private static IEnumerable<FieldInfo> Fields(Type? type)
    {
        for (; type is not null && type != typeof(object) && type != typeof(ValueType); type = type.BaseType)
        {
            foreach (var field in type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
                yield return field;
        }
    }
}
