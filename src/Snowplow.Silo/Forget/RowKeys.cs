using System.Collections.Immutable;
using System.Text.Json;

namespace Snowplow.Silo.Forget;

/// <summary>The columns of a row of any table that say whose it is, and which version.</summary>
internal readonly record struct RowKeys
{
    private RowKeys(ImmutableArray<string> none) => (FormerUserKeys, UserIds, UserKeys) = (none, none, none);

    /// <summary><c>user_key</c>.</summary>
    public string? UserKey { get; private init; }

    /// <summary><c>session_key</c>.</summary>
    public string? SessionKey { get; private init; }

    /// <summary><c>user_id</c>.</summary>
    public string? UserId { get; private init; }

    /// <summary><c>former_user_keys</c>.</summary>
    public ImmutableArray<string> FormerUserKeys { get; private init; }

    /// <summary><c>user_ids</c>.</summary>
    public ImmutableArray<string> UserIds { get; private init; }

    /// <summary>Of <c>identities</c>: <c>user_keys</c>.</summary>
    public ImmutableArray<string> UserKeys { get; private init; }

    /// <summary>Of <c>identities</c>: <c>users</c>.</summary>
    public long? Users { get; private init; }

    /// <summary><c>identity</c>.</summary>
    public string? Identity { get; private init; }

    /// <summary><c>belongs_to</c>.</summary>
    public string? BelongsTo { get; private init; }

    /// <summary><c>former_belongs_to</c>.</summary>
    public string? FormerBelongsTo { get; private init; }

    /// <summary><c>collector_tstamp</c>.</summary>
    public DateTimeOffset? CollectorTstamp { get; private init; }

    /// <summary><c>model_generation</c> and <c>revision</c>.</summary>
    public (long Generation, long Revision) Version { get; private init; }

    /// <summary>Of <c>forgotten</c>: <c>kind</c> and <c>key</c>.</summary>
    public (string? Kind, string? Key) Forgotten { get; private init; }

    /// <summary>Reads a line.</summary>
    /// <exception cref="JsonException">It is no row.</exception>
    public static RowKeys Read(ReadOnlySpan<byte> line)
    {
        var keys = new RowKeys([]);
        var json = new Utf8JsonReader(line);
        json.Read();
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var name = json.ValueSpan;
            keys = name switch
            {
                _ when name.SequenceEqual("user_key"u8) => keys with { UserKey = Text(ref json) },
                _ when name.SequenceEqual("session_key"u8) => keys with { SessionKey = Text(ref json) },
                _ when name.SequenceEqual("user_id"u8) => keys with { UserId = Text(ref json) },
                _ when name.SequenceEqual("former_user_keys"u8) => keys with { FormerUserKeys = Texts(ref json) },
                _ when name.SequenceEqual("user_ids"u8) => keys with { UserIds = Texts(ref json) },
                _ when name.SequenceEqual("user_keys"u8) => keys with { UserKeys = Texts(ref json) },
                _ when name.SequenceEqual("users"u8) => keys with { Users = Number(ref json) },
                _ when name.SequenceEqual("identity"u8) => keys with { Identity = Text(ref json) },
                _ when name.SequenceEqual("belongs_to"u8) => keys with { BelongsTo = Text(ref json) },
                _ when name.SequenceEqual("former_belongs_to"u8) => keys with { FormerBelongsTo = Text(ref json) },
                _ when name.SequenceEqual("collector_tstamp"u8) => keys with { CollectorTstamp = Time(ref json) },
                _ when name.SequenceEqual("model_generation"u8) => keys with { Version = (Number(ref json), keys.Version.Revision) },
                _ when name.SequenceEqual("revision"u8) => keys with { Version = (keys.Version.Generation, Number(ref json)) },
                _ when name.SequenceEqual("kind"u8) => keys with { Forgotten = (Text(ref json), keys.Forgotten.Key) },
                _ when name.SequenceEqual("key"u8) => keys with { Forgotten = (keys.Forgotten.Kind, Text(ref json)) },
                _ => Skip(ref json, keys),
            };
        }

        return keys;
    }

    private static RowKeys Skip(ref Utf8JsonReader json, RowKeys keys)
    {
        json.Skip();
        return keys;
    }

    private static string? Text(ref Utf8JsonReader json)
    {
        json.Read();
        return json.GetString();
    }

    private static DateTimeOffset Time(ref Utf8JsonReader json)
    {
        json.Read();
        return json.GetDateTimeOffset();
    }

    private static long Number(ref Utf8JsonReader json)
    {
        json.Read();
        return json.GetInt64();
    }

    private static ImmutableArray<string> Texts(ref Utf8JsonReader json)
    {
        var texts = ImmutableArray.CreateBuilder<string>();
        json.Read();
        while (json.Read() && json.TokenType == JsonTokenType.String) texts.Add(json.GetString()!);
        return texts.DrainToImmutable();
    }
}
