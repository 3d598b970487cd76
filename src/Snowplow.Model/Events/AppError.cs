using Snowplow.Events.Enriched;

namespace Snowplow.Model.Events;

/// <summary>The event application_error (com.snowplowanalytics.snowplow).</summary>
internal static class AppError
{
    public static bool IsFatal(EnrichedEvent e) =>
        EntityReader.TryReadUnstructEvent(e[EventField.UnstructEvent], out var error) && error.Boolean("isFatal"u8) == true;
}
