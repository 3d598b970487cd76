namespace Snowplow.Silo.Simulate;

/// <summary>What all visitors of a run share. They act one after the other, so one writer of each kind serves all.</summary>
/// <param name="AppId">The <c>aid</c> of every event, in UTF-8.</param>
/// <param name="BatchSize">Events per POST.</param>
/// <param name="Timeline">Where simulated time lies on the clock.</param>
/// <param name="Entities">Writer for the entities of the event at hand.</param>
/// <param name="Events">Writer for the self-describing event at hand.</param>
internal sealed record VisitorContext(
    byte[] AppId, int BatchSize, Timeline Timeline, EntityWriter Entities, EventWriter Events);
