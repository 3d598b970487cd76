using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Storage;

namespace Orleans.Runtime;

/// <summary>Builds grains of one class: the activation, its persistent states and services are its constructor's arguments.</summary>
internal sealed class GrainConstructor
{
    private readonly ConstructorInvoker _invoker;
    private readonly Func<Activation, object?>[] _arguments;

    /// <exception cref="InvalidOperationException">There is no single public constructor, nor one that is marked as the one to use.</exception>
    public GrainConstructor(Type type, ServiceLifetimes lifetimes)
    {
        var constructors = type.GetConstructors();
        var constructor = constructors.Length == 1
            ? constructors[0]
            : constructors.SingleOrDefault(c => c.IsDefined(typeof(ActivatorUtilitiesConstructorAttribute)))
                ?? throw new InvalidOperationException(
                    $"Grain class {type} needs one public constructor, or one marked with [ActivatorUtilitiesConstructor].");
        _invoker = ConstructorInvoker.Create(constructor);
        _arguments = [.. constructor.GetParameters().Select(parameter => Argument(parameter, lifetimes))];
    }

    public object Invoke(Activation activation)
    {
        var arguments = new object?[_arguments.Length];
        for (var i = 0; i < arguments.Length; i++) arguments[i] = _arguments[i](activation);
        return _invoker.Invoke(arguments.AsSpan());
    }

    private static Func<Activation, object?> Argument(ParameterInfo parameter, ServiceLifetimes lifetimes)
    {
        var type = parameter.ParameterType;
        if (parameter.GetCustomAttribute<PersistentStateAttribute>() is { } state) return PersistentStateArgument(type, state);
        if (type == typeof(IGrainContext)) return static activation => activation;
        var keyed = parameter.GetCustomAttribute<FromKeyedServicesAttribute>();
        Func<Activation, IServiceProvider> services = lifetimes.IsSingleton(type, keyed?.Key)
            ? static activation => activation.Silo.Services
            : static activation => activation.ActivationServices;
        if (keyed is not null) return activation => services(activation).GetRequiredKeyedService(type, keyed.Key);
        return parameter.HasDefaultValue
            ? activation => services(activation).GetService(type) ?? parameter.DefaultValue
            : activation => services(activation).GetRequiredService(type);
    }

    private static Func<Activation, object?> PersistentStateArgument(Type type, PersistentStateAttribute attribute)
    {
        if (!type.IsGenericType || type.GetGenericTypeDefinition() != typeof(IPersistentState<>))
            throw new InvalidOperationException($"[PersistentState(\"{attribute.StateName}\")] is on a {type}, not an IPersistentState<T>.");
        var invoker = ConstructorInvoker.Create(
            typeof(PersistentState<>).MakeGenericType(type.GetGenericArguments()).GetConstructors().Single());
        return activation =>
        {
            var state = invoker.Invoke(attribute.StateName, activation, StorageOf(activation, attribute));
            activation.Add((IStateReader)state);
            return state;
        };
    }

    private static IGrainStorage StorageOf(Activation activation, PersistentStateAttribute attribute) =>
        (attribute.StorageName is null
            ? activation.Silo.Services.GetService<IGrainStorage>()
            : activation.Silo.Services.GetKeyedService<IGrainStorage>(attribute.StorageName))
        ?? throw new BadProviderConfigException(attribute.StorageName is null
            ? $"No default grain storage is registered, but grain {activation.GrainId} asks for it."
            : $"No grain storage named \"{attribute.StorageName}\" is registered, but grain {activation.GrainId} asks for it.");
}
