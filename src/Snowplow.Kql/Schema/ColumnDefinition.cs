using Snowplow.Kql.Data;

namespace Snowplow.Kql.Schema;

/// <summary>A column of a table.</summary>
/// <param name="Name">The name.</param>
/// <param name="Type">The type.</param>
/// <param name="DocString">What it says; empty where nobody said.</param>
public sealed record ColumnDefinition(string Name, KqlType Type, string DocString);
