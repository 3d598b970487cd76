using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Snowplow.Model;
using Snowplow.Model.Sessions;
using Snowplow.Model.Users;

namespace Snowplow.Grains.Partition;

/// <summary>The rows of one range as JSON lines. Keeps its buffers for the next range.</summary>
internal sealed class RangeRows
{
    private readonly JsonLines _sessions = new();
    private readonly JsonLines _users = new();

    /// <summary>The collector hour of the range's first batch: it names the files.</summary>
    public DateTimeOffset Hour { get; private set; }

    /// <summary>Session rows, one JSON object a line; valid until <see cref="Begin"/>.</summary>
    public ReadOnlyMemory<byte> Sessions => _sessions.Written;

    /// <summary>User rows, one JSON object a line; valid until <see cref="Begin"/>.</summary>
    public ReadOnlyMemory<byte> Users => _users.Written;

    /// <summary>Begins a range, without rows.</summary>
    public void Begin(DateTimeOffset hour)
    {
        Hour = hour;
        _sessions.Clear();
        _users.Clear();
    }

    /// <summary>Adds a session's row.</summary>
    public void Add(SessionRow row) => _sessions.Add(row, ModelJson.SessionRow);

    /// <summary>Adds a user's row.</summary>
    public void Add(UserRow row) => _users.Add(row, ModelJson.UserRow);

    private sealed class JsonLines
    {
        // What a large range, such as one that is caught up with, leaves behind is not kept.
        private const int MostKeptBytes = 4 << 20;

        private ArrayBufferWriter<byte> _lines = new();

        public ReadOnlyMemory<byte> Written => _lines.WrittenMemory;

        public void Clear()
        {
            if (_lines.Capacity > MostKeptBytes) _lines = new ArrayBufferWriter<byte>();
            else _lines.ResetWrittenCount();
        }

        public void Add<T>(T row, JsonTypeInfo<T> json)
        {
            using var writer = new Utf8JsonWriter(_lines);
            JsonSerializer.Serialize(writer, row, json);
            writer.Flush();
            _lines.Write("\n"u8);
        }
    }
}
