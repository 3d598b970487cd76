using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Snowplow.Enrich.Enrichments.Configuration;

namespace Snowplow.Silo.Serve;

/// <summary>Tells what a failure at the start means, where the configuration or the machine is at fault.</summary>
internal static class StartFailure
{
    /// <summary>The failure as one line for the user; null when its message would not help without its stack trace.</summary>
    public static StartupException? Explain(Exception failure) => failure switch
    {
        StartupException known => known,
        EnrichmentConfigException config => new StartupException(config.Message),
        IOException { InnerException: AddressInUseException } => new StartupException($"{Sentence(failure)} {ListenAddresses.Advice}"),
        SocketException => new StartupException($"The server cannot listen on its addresses: {Sentence(failure)} {ListenAddresses.Advice}"),
        // A file of settings that cannot be read, a log of another kind: the reasons lie within.
        InvalidDataException => new StartupException(string.Join(" ", Chain(failure).Select(Sentence))),
        // What the web server and the log make of settings of theirs.
        FormatException or (InvalidOperationException and not ObjectDisposedException) =>
            new StartupException($"The server cannot start as it is configured: {Sentence(failure)}"),
        IOException => new StartupException(Sentence(failure)),
        _ => null,
    };

    private static IEnumerable<Exception> Chain(Exception failure)
    {
        for (Exception? link = failure; link is not null; link = link.InnerException)
            yield return link;
    }

    private static string Sentence(Exception failure) => $"{failure.Message.ReplaceLineEndings(" ").Trim().TrimEnd('.')}.";
}
