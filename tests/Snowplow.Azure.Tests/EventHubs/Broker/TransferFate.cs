namespace Snowplow.Azure.Tests.EventHubs.Broker;

/// <summary>What becomes of a transfer of events.</summary>
internal enum TransferFate
{
    /// <summary>It is stored and acknowledged.</summary>
    Accept,

    /// <summary>The namespace is used up: it is to come again later.</summary>
    Busy,

    /// <summary>It is refused for good.</summary>
    Refuse,

    /// <summary>It is stored, and the connection breaks before the acknowledgement.</summary>
    StoreAndDrop,

    /// <summary>The connection breaks before it is stored.</summary>
    Drop,

    /// <summary>It is stored and acknowledged once the broker is told to.</summary>
    Hold,
}
