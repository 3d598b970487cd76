using System.Reflection;

namespace Orleans.Contracts;

/// <summary>Checks that what grains tell each other never changes, since arguments and answers are passed by reference.</summary>
public static class GrainContracts
{
    /// <summary>Every argument and answer of the assembly's grain interfaces that is not deeply immutable, with the reason.</summary>
    /// <returns>Lines such as <c>IUserGrain.Apply(batch): Batch.Events is an array</c>; empty when all is well.</returns>
    public static IReadOnlyList<string> FindMutable(Assembly assembly)
    {
        ArgumentNullException.ThrowIfNull(assembly);
        var immutability = new TypeImmutability();
        return
        [
            .. assembly.GetTypes()
                .Where(type => type.IsInterface && typeof(IGrain).IsAssignableFrom(type))
                .OrderBy(type => type.FullName, StringComparer.Ordinal)
                .SelectMany(type => type.GetMethods())
                .SelectMany(method => Problems(method, immutability)),
        ];
    }

    private static IEnumerable<string> Problems(MethodInfo method, TypeImmutability immutability)
    {
        var name = $"{method.DeclaringType!.Name}.{method.Name}";
        foreach (var parameter in method.GetParameters().Where(parameter => !parameter.IsDefined(typeof(ImmutableAttribute))))
        {
            if (immutability.WhyMutable(parameter.ParameterType) is { } reason) yield return $"{name}({parameter.Name}): {reason}";
        }

        if (method.ReturnParameter.IsDefined(typeof(ImmutableAttribute)) || !method.ReturnType.IsGenericType) yield break;
        foreach (var result in method.ReturnType.GetGenericArguments())
        {
            if (immutability.WhyMutable(result) is { } reason) yield return $"{name} answers: {reason}";
        }
    }
}
