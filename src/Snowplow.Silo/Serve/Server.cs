namespace Snowplow.Silo.Serve;
internal static class Server { public static Task<int> Run(Dictionary<string, string?> settings, CancellationToken stop) => Task.FromResult(settings.Count + (stop.CanBeCanceled ? 0 : 1)); }
