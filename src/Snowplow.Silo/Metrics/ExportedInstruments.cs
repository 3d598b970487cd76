using System.Diagnostics.Metrics;

namespace Snowplow.Silo.Metrics;

/// <summary>Which instruments leave the process. There is one answer, for <c>/metrics</c> and for OTLP.</summary>
internal static class ExportedInstruments
{
    /// <summary>
    /// Of Orleans, those that tell silos apart, by addresses that no two starts share: their series would grow with every silo that comes or
    /// goes, and two of them are asked for at each message. What failed, was dropped or rejected is counted without addresses.
    /// </summary>
    private static readonly HashSet<string> ForEachSilo =
    [
        "orleans-messaging-sent-messages-size", "orleans-messaging-received-messages-size",
        "orleans-messaging-pings-sent", "orleans-messaging-pings-received", "orleans-messaging-pings-reply-received", "orleans-messaging-pings-reply-missed",
    ];

    /// <summary>True for those that do.</summary>
    public static bool Contains(Instrument instrument) => IsMeter(instrument.Meter.Name) && !ForEachSilo.Contains(instrument.Name);

    private static bool IsMeter(string name) =>
        name is "Microsoft.Orleans" or "Microsoft.AspNetCore.Server.Kestrel" or "System.Runtime" || name.StartsWith("Snowplow.", StringComparison.Ordinal);
}
