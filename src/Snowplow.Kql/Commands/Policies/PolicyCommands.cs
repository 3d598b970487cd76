namespace Snowplow.Kql.Commands.Policies;

/// <summary>Commands of policies.</summary>
internal static class PolicyCommands
{
    public static readonly CommandForm[] All = [.. AlterPolicy.Forms, .. DeletePolicy.Forms, .. ShowPolicy.Forms];
}
