namespace Snowplow.Silo.Simulate;

/// <summary>What <c>snowplow simulate</c> was asked to do.</summary>
internal sealed record SimulateConfig
{
    /// <summary>Scheme and host of the collector.</summary>
    public required Uri Collector { get; init; }

    /// <summary>How many visitors there are.</summary>
    public int Users { get; init; } = 1000;

    /// <summary>Events per second; 0 for as fast as the collector answers.</summary>
    public double Rate { get; init; } = 500;

    /// <summary>How long to send; null with <see cref="Events"/> for as long as it takes.</summary>
    public TimeSpan? Duration { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How many events to send; null for as many as rate and duration give.</summary>
    public long? Events { get; init; }

    /// <summary>The same seed gives the same events, ids included; only the times differ.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Events per POST.</summary>
    public int Batch { get; init; } = 10;

    /// <summary>Most requests in flight.</summary>
    public int Connections { get; init; } = 32;

    /// <summary>POST, GET, or both as trackers in the wild do.</summary>
    public RequestMethods Method { get; init; } = RequestMethods.Mixed;

    /// <summary>The <c>aid</c> of every event.</summary>
    public string AppId { get; init; } = "shop";

    /// <summary>How often a request that failed by a 5xx or a broken connection is sent again.</summary>
    public int Retries { get; init; }

    /// <summary>File for the ids of acknowledged events, one a line; null for none.</summary>
    public string? AcknowledgedFile { get; init; }

    /// <summary>File for the ids of events that are about to be sent, one a line; null for none.</summary>
    public string? SentFile { get; init; }

    /// <summary>Where the run ends: <see cref="Events"/>, or what rate and duration give; without either, no end.</summary>
    public long EventLimit => Events ?? (Rate > 0 && Duration is { } duration ? (long)Math.Ceiling(Rate * duration.TotalSeconds) : long.MaxValue);
}

/// <summary>HTTP methods of the simulated trackers.</summary>
internal enum RequestMethods
{
    /// <summary>Only POSTs of <see cref="SimulateConfig.Batch"/> events.</summary>
    Post,

    /// <summary>Only GETs of one event.</summary>
    Get,

    /// <summary>Mostly POSTs; some browsers and all tracking pixels GET.</summary>
    Mixed,
}
