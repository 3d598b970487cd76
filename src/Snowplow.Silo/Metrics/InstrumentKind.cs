using System.Diagnostics.Metrics;

namespace Snowplow.Silo.Metrics;

/// <summary>How an instrument's measurements add up.</summary>
internal enum InstrumentKind
{
    /// <summary>Measurements are added; the sum only grows.</summary>
    Counter,

    /// <summary>Measurements are added; the sum may shrink.</summary>
    UpDownCounter,

    /// <summary>Each measurement replaces the one before and only grows.</summary>
    ObservableCounter,

    /// <summary>Each measurement replaces the one before.</summary>
    Gauge,

    /// <summary>Measurements are counted by size.</summary>
    Histogram,
}

/// <summary>Tells the kind of an instrument.</summary>
internal static class InstrumentKinds
{
    /// <summary>Instruments of .NET that are published as counters though their values also fall.</summary>
    private static readonly HashSet<string> Falling = ["dotnet.thread_pool.thread.count", "dotnet.thread_pool.queue.length"];

    /// <summary>The kind of an instrument of <c>System.Diagnostics.Metrics</c>; one that is not known is shown as a gauge.</summary>
    public static InstrumentKind Of(Instrument instrument)
    {
        var type = instrument.GetType();
        var definition = type.IsGenericType ? type.GetGenericTypeDefinition() : type;
        if (definition == typeof(Counter<>))
            return InstrumentKind.Counter;
        if (definition == typeof(UpDownCounter<>))
            return InstrumentKind.UpDownCounter;
        if (definition == typeof(ObservableCounter<>))
            return Falling.Contains(instrument.Name) ? InstrumentKind.Gauge : InstrumentKind.ObservableCounter;
        return definition == typeof(Histogram<>) ? InstrumentKind.Histogram : InstrumentKind.Gauge;
    }

    /// <summary>The word that Prometheus has for it.</summary>
    public static string PrometheusType(this InstrumentKind kind) => kind switch
    {
        InstrumentKind.Counter or InstrumentKind.ObservableCounter => "counter",
        InstrumentKind.Histogram => "histogram",
        _ => "gauge",
    };
}
