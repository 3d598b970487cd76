namespace Snowplow.Kql.Commands.Functions;

/// <summary>Commands of stored functions.</summary>
internal static class FunctionCommands
{
    public static readonly CommandForm[] All = [CreateFunction.Form, CreateOrAlterFunction.Form, AlterFunction.Form, DropFunction.Form, ShowFunctions.Form, ShowFunction.Form];
}
