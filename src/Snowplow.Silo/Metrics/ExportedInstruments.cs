using System.Diagnostics.Metrics;

namespace Snowplow.Silo.Metrics;

/// <summary>Which instruments leave the process. There is one answer, for <c>/metrics</c> and for OTLP.</summary>
internal static class ExportedInstruments
{
    // Beginnings of the names of those whose series have no bound.
    private static readonly string[] Unbounded =
    [
        // Tagged with the address of another silo, new at each of its starts; the sizes are measured at each message, too.
        "orleans-messaging-sent-messages-size", "orleans-messaging-received-messages-size", "orleans-messaging-pings-",

        // Made anew whenever a queue of the live feed comes to a silo, and never ended: one that comes twice is told twice. Pools have random names.
        "orleans-streams-queue-", "orleans-streams-block-pool-", "orleans-streams-persistent-stream-pubsub-cache-size",
    ];

    /// <summary>True for those that do.</summary>
    public static bool Contains(Instrument instrument) =>
        IsMeter(instrument.Meter.Name) && !Unbounded.Any(beginning => instrument.Name.StartsWith(beginning, StringComparison.Ordinal));

    private static bool IsMeter(string name) =>
        name is "Microsoft.Orleans" or "Microsoft.AspNetCore.Server.Kestrel" or "System.Runtime" || name.StartsWith("Snowplow.", StringComparison.Ordinal);
}
