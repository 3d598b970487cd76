using Snowplow.Kql.Data;

namespace Snowplow.Kql.Syntax;

/// <summary>A value with its type, as <see cref="Column.Box"/> gives it.</summary>
/// <param name="Type">The type.</param>
/// <param name="Value">The value; null for null.</param>
internal sealed record Literal(KqlType Type, object? Value);
