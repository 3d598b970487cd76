namespace Snowplow.Kql.Commands.Core;

/// <summary>What stands in <c>with (…)</c> of a command.</summary>
/// <param name="values">Values by name, as texts.</param>
internal sealed class CommandProperties(IReadOnlyDictionary<string, string> values)
{
    /// <summary>The value of a property; empty where it is not there.</summary>
    public string this[string name] => values.GetValueOrDefault(name, "");

    /// <summary>Whether the property is there.</summary>
    public bool Has(string name) => values.ContainsKey(name);

    /// <summary>Whether the property is there and true.</summary>
    public bool IsTrue(string name) => this[name].Equals("true", StringComparison.OrdinalIgnoreCase);
}
