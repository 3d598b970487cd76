using System.Buffers;
using System.Text.Json;
using Snowplow.Model;
using Snowplow.Model.Sessions;
using Snowplow.Model.Users;

namespace Snowplow.Grains.Partition;

/// <summary>The rows of one range as JSON lines.</summary>
internal sealed class RangeRows(DateTimeOffset hour)
{
    private readonly ArrayBufferWriter<byte> _sessions = new();
    private readonly ArrayBufferWriter<byte> _users = new();

    /// <summary>The collector hour of the range's first batch: it names the files.</summary>
    public DateTimeOffset Hour { get; } = hour;

    /// <summary>Session rows, one JSON object a line.</summary>
    public ReadOnlyMemory<byte> Sessions => _sessions.WrittenMemory;

    /// <summary>User rows, one JSON object a line.</summary>
    public ReadOnlyMemory<byte> Users => _users.WrittenMemory;

    /// <summary>Adds a session's row.</summary>
    public void Add(SessionRow row)
    {
        using var writer = new Utf8JsonWriter(_sessions);
        JsonSerializer.Serialize(writer, row, ModelJson.SessionRow);
        EndLine(writer, _sessions);
    }

    /// <summary>Adds a user's row.</summary>
    public void Add(UserRow row)
    {
        using var writer = new Utf8JsonWriter(_users);
        JsonSerializer.Serialize(writer, row, ModelJson.UserRow);
        EndLine(writer, _users);
    }

    private static void EndLine(Utf8JsonWriter writer, ArrayBufferWriter<byte> lines)
    {
        writer.Flush();
        lines.Write("\n"u8);
    }
}
