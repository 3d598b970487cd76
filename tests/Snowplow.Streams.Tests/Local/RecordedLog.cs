using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Snowplow.Streams.Local;

namespace Snowplow.Streams.Tests.Local;

/// <summary>A log whose lines a test can look at.</summary>
internal sealed class RecordedLog : ILogger<LocalRawStream>
{
    public ConcurrentQueue<(LogLevel Level, string Text)> Lines { get; } = [];

    public IEnumerable<string> Errors => Lines.Where(l => l.Level == LogLevel.Error).Select(l => l.Text);

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel level, EventId id, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Lines.Enqueue((level, formatter(state, exception)));
}
