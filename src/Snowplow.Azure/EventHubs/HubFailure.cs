using System.Net.Sockets;
using Azure.Messaging.EventHubs;
using Microsoft.Azure.Amqp;

namespace Snowplow.Azure.EventHubs;

/// <summary>What a failure of the client of Event Hubs means.</summary>
internal static class HubFailure
{
    /// <summary>Whether another reader of the partition has thrown this one off.</summary>
    public static bool IsThrownOff(Exception failure) => failure switch
    {
        EventHubsException { Reason: EventHubsException.FailureReason.ConsumerDisconnected } => true,
        AmqpException { Error: { } error } => error.Condition.Equals(AmqpErrorCode.Stolen),
        // So a wait on the link ends that is closed at the other end.
        OperationCanceledException { InnerException: AmqpException inner } => IsThrownOff(inner),
        _ => false,
    };

    /// <summary>Whether it may be gone by the next attempt: throttling, a lost link, a time limit.</summary>
    public static bool IsTransient(Exception failure) => failure switch
    {
        EventHubsException hub => hub.IsTransient,
        TimeoutException or IOException or SocketException or OperationCanceledException or AmqpException => true,
        // The client takes a lost link up again at an offset, which after a failover to another region may be none.
        FormatException => true,
        _ => false,
    };

    /// <summary>Whether the hub has fewer records than it was asked to begin behind.</summary>
    public static bool IsBeyondEnd(Exception failure) => failure is ArgumentException && failure.Message.Contains("sequence number", StringComparison.OrdinalIgnoreCase);

    /// <summary>The kind of failure, for metrics.</summary>
    public static string Reason(Exception failure) => failure is EventHubsException hub ? hub.Reason.ToString() : failure.GetType().Name;
}
