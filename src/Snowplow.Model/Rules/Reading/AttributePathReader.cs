using Snowplow.Model.Profiles;
using Snowplow.Model.Rules.Fields;

namespace Snowplow.Model.Rules.Reading;

/// <summary>Reads the names of a group's attributes.</summary>
internal sealed class AttributePathReader(AttributeGroup group) : PathReader
{
    private readonly string[] _names = [.. group.Attributes.Select(attribute => attribute.Name)];

    /// <inheritdoc/>
    public override string Member => "attribute";

    /// <inheritdoc/>
    public override FieldPath? Read(RuleNode node)
    {
        if (node.Text() is not { } name) return null;
        var index = Array.IndexOf(_names, name);
        if (index >= 0) return new AttributePath(index);
        node.Fault(NearestName.Of(name, _names) is { } nearest
            ? $"names no attribute of '{group.Name}': '{name}'. Did you mean '{nearest}'?"
            : $"names no attribute of '{group.Name}': '{name}'. Write one of {string.Join(", ", _names)}");
        return null;
    }
}
