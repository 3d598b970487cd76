using Microsoft.Extensions.Logging;

namespace Snowplow.Grains.Tests.Simulation;

/// <summary>Keeps the last log lines of a run, to be shown when it fails.</summary>
internal sealed class RecentLog : ILoggerProvider, ILogger
{
    private const int MaxLines = 12;

    private readonly Queue<string> _lines = [];

    public override string ToString() => string.Join('\n', _lines);

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (!IsEnabled(logLevel)) return;
        if (_lines.Count == MaxLines) _lines.Dequeue();
        _lines.Enqueue($"{formatter(state, exception)} {exception}");
    }

    public void Dispose()
    {
    }
}
