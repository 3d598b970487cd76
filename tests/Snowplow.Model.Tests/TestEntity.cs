using System.Text.Json;

namespace Snowplow.Model.Tests;

/// <summary>A self-describing JSON of a test.</summary>
/// <param name="Type">Vendor and name, with a slash between.</param>
/// <param name="Members">The members of its data as JSON, without the braces.</param>
/// <param name="Version">The schema's version.</param>
internal sealed record TestEntity(string Type, string Members, string Version = "1-0-0")
{
    /// <summary>An entity by its members' names and values; those that are null are left out.</summary>
    public static TestEntity Of(string type, string version, params (string Name, object? Value)[] members) =>
        new(type, string.Join(',', members.Where(m => m.Value is not null).Select(m => $"\"{m.Name}\":{JsonSerializer.Serialize(m.Value)}")), version);

    public override string ToString() => $"{{\"schema\":\"iglu:{Type}/jsonschema/{Version}\",\"data\":{{{Members}}}}}";
}
