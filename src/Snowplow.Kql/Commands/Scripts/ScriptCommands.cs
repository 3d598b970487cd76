namespace Snowplow.Kql.Commands.Scripts;

/// <summary>Commands that run commands.</summary>
internal static class ScriptCommands
{
    public static readonly CommandForm[] All = [ExecuteScript.Form];
}
