namespace Snowplow.Kql.Commands.Mappings;

/// <summary>Commands of ingestion mappings.</summary>
internal static class MappingCommands
{
    public static readonly CommandForm[] All = [CreateMapping.Form, CreateOrAlterMapping.Form, DropMapping.Form, ShowMapping.Form, ShowMappings.Form];
}
