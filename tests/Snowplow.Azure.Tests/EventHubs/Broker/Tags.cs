namespace Snowplow.Azure.Tests.EventHubs.Broker;

/// <summary>Tags of deliveries, no two alike.</summary>
internal static class Tags
{
    private static int _last;

    public static ArraySegment<byte> Next() => BitConverter.GetBytes(Interlocked.Increment(ref _last));
}
