using Azure;
using Azure.Identity;

namespace Snowplow.Azure;

/// <summary>Failures of Azure's services, told as the ports tell theirs.</summary>
internal static class AzureFailure
{
    /// <summary>Whether a service, the way to it or the sign-in failed, and not the caller's own end of the wait.</summary>
    public static bool IsInfrastructure(Exception failure, CancellationToken cancellationToken) => failure switch
    {
        RequestFailedException or AuthenticationFailedException or HttpRequestException or AggregateException or IOException => true,
        // A time limit of the client's own.
        OperationCanceledException => !cancellationToken.IsCancellationRequested,
        _ => false,
    };

    /// <summary>The failure with what could not be done in front of the service's own first line.</summary>
    public static IOException Of(string what, Exception failure)
    {
        var text = failure.Message.AsSpan();
        var line = text.IndexOfAny('\r', '\n');
        return new IOException($"{what}: {(line < 0 ? text : text[..line])}", failure);
    }
}
