namespace Snowplow.Kql.Commands.Functions;

/// <summary><c>.show functions</c>.</summary>
internal static class ShowFunctions
{
    public static readonly CommandForm Form = new("show functions", ".show functions", "All stored functions.", _ => run => FunctionRows.Of(run.Catalog.Functions.Values));
}
