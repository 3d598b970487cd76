namespace Snowplow.Model.Events;

/// <summary>The events that the models treat apart, by event_name.</summary>
internal enum EventKind : byte
{
    Other,
    PagePing,
    PageView,
    ScreenView,
}
