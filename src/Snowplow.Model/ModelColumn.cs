namespace Snowplow.Model;

/// <summary>A column of a model table.</summary>
/// <param name="Name">The name, as in the rows' JSON and in Kusto.</param>
/// <param name="Type">Kusto's type: <c>string</c>, <c>long</c>, <c>bool</c>, <c>datetime</c> (UTC) or <c>dynamic</c> (array or object).</param>
/// <param name="Rule">What it says, its unit, and what null means where that is not plain.</param>
public sealed record ModelColumn(string Name, string Type, string Rule);
