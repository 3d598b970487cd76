using System.CommandLine;
using System.Net;

namespace Snowplow.Silo.CommandLine;

/// <summary><c>snowplow ready</c>: whether a server takes events, as an exit code, for health checks of images without a shell.</summary>
internal static class ReadyCommand
{
    /// <summary>What the command is called.</summary>
    public const string Name = "ready";

    /// <summary>Examples for the help.</summary>
    public const string Examples = """
        snowplow ready
        snowplow ready --url http://localhost:9090 || echo "not yet"
        """;

    private const string Description = """
        Ask a server whether it is ready: exit code 0 if it is, 1 if it is not or does not answer within five seconds.
        """;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var command = new Command(Name, Description) { ServerAccess.Url };
        command.SetAction(Run);
        return command;
    }

    private static async Task<int> Run(ParseResult result, CancellationToken stop)
    {
        using var http = ServerAccess.Connect(result);
        http.Timeout = Patience;
        try
        {
            var status = await StatusAsync(http, "/ready", stop).ConfigureAwait(false);
            // A server without the collector's role has no /ready: it is ready when it is alive.
            if (status == HttpStatusCode.NotFound) status = await StatusAsync(http, "/health", stop).ConfigureAwait(false);
            await result.InvocationConfiguration.Output.WriteLineAsync(status == HttpStatusCode.OK ? "ready" : $"not ready ({(int)status})").ConfigureAwait(false);
            return status == HttpStatusCode.OK ? 0 : 1;
        }
        catch (HttpRequestException failure)
        {
            throw ServerAccess.Silent(http, failure);
        }
        catch (TaskCanceledException) when (!stop.IsCancellationRequested)
        {
            await result.InvocationConfiguration.Output.WriteLineAsync($"not ready (no answer within {Patience.TotalSeconds:F0} seconds)").ConfigureAwait(false);
            return 1;
        }
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient http, string path, CancellationToken stop)
    {
        using var response = await http.GetAsync(new Uri(path, UriKind.Relative), stop).ConfigureAwait(false);
        return response.StatusCode;
    }
}
