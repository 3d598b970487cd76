namespace Orleans.Runtime;

/// <summary>Asks for a persistent state as a constructor argument of a grain.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public class PersistentStateAttribute : Attribute
{
    /// <summary>A state of that name in that storage.</summary>
    /// <param name="stateName">Tells the states of one grain apart.</param>
    /// <param name="storageName">The name the storage is registered with; null for the default one.</param>
    public PersistentStateAttribute(string stateName, string? storageName = null)
    {
        ArgumentNullException.ThrowIfNull(stateName);
        StateName = stateName;
        StorageName = storageName;
    }

    /// <summary>Tells the states of one grain apart.</summary>
    public string StateName { get; }

    /// <summary>The name the storage is registered with; null for the default one.</summary>
    public string? StorageName { get; }
}
