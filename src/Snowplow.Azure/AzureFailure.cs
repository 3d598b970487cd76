using System.Net.Sockets;
using Azure;
using Azure.Identity;
using Azure.Messaging.EventHubs;
using Microsoft.Azure.Amqp;

namespace Snowplow.Azure;

/// <summary>Failures of Azure's services, told as the ports tell theirs.</summary>
internal static class AzureFailure
{
    /// <summary>Whether a service, the way to it or the sign-in failed, and not the caller's own end of the wait.</summary>
    public static bool IsInfrastructure(Exception failure, CancellationToken cancellationToken) => failure switch
    {
        RequestFailedException or AuthenticationFailedException or HttpRequestException or AggregateException or IOException => true,
        EventHubsException or AmqpException or TimeoutException or SocketException or UnauthorizedAccessException => true,
        // A time limit of the client's own.
        OperationCanceledException => !cancellationToken.IsCancellationRequested,
        _ => false,
    };

    /// <summary>
    /// Whether time alone does not mend it: the service refuses who asks, or has not what is asked for. What failed on the way, or for want
    /// of capacity, may be over by the next attempt.
    /// </summary>
    public static bool IsLasting(Exception failure) => failure switch
    {
        RequestFailedException { Status: 400 or 401 or 403 or 404 } or UnauthorizedAccessException => true,
        EventHubsException { Reason: EventHubsException.FailureReason.ResourceNotFound } => true,
        // The place to sign in at may be away as well.
        AuthenticationFailedException => !Chain(failure).Any(cause => cause is HttpRequestException or SocketException or TimeoutException or RequestFailedException { Status: 0 or >= 500 }),
        IOException { InnerException: { } cause } => IsLasting(cause),
        AggregateException several => several.InnerExceptions.Any(IsLasting),
        _ => false,
    };

    /// <summary>The failure with what could not be done in front of the service's own first line.</summary>
    public static IOException Of(string what, Exception failure) => new($"{what}: {FirstLine(failure)}", failure);

    /// <summary>The first line of what the service said; what follows there is for its makers.</summary>
    public static string FirstLine(Exception failure)
    {
        var line = failure.Message.AsSpan().IndexOfAny('\r', '\n');
        return line < 0 ? failure.Message : failure.Message[..line];
    }

    private static IEnumerable<Exception> Chain(Exception? failure)
    {
        for (; failure is not null; failure = failure.InnerException) yield return failure;
    }
}
