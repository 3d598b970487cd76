namespace Snowplow.Silo.Simulate;

/// <summary>
/// Puts simulated time on the real clock. Visitors live at a natural pace: pings every ten seconds, hours between
/// visits. A run plays hours of that in a minute, so the simulated time ends when the run ends and begins as long
/// before as it needs: the events come in late, as from trackers that were offline, and the times between them stay true.
/// </summary>
/// <param name="start">Where simulated time 0 lies.</param>
/// <param name="clock">The real clock: no device's clock runs ahead of it.</param>
internal sealed class Timeline(DateTimeOffset start, TimeProvider clock)
{
    private readonly long _start = start.ToUnixTimeMilliseconds();

    /// <summary>The time a device shows, in milliseconds since the epoch, at a simulated time in milliseconds.</summary>
    public long DeviceTime(long simulatedTime) =>
        Math.Min(_start + simulatedTime, clock.GetUtcNow().ToUnixTimeMilliseconds());
}
