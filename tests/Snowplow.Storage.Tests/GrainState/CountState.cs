using System.Text.Json.Serialization;

namespace Snowplow.Storage.GrainState;

public sealed class CountState
{
    public int Count { get; set; }

    public string Text { get; set; } = "";
}

[JsonSerializable(typeof(CountState))]
internal sealed partial class CountStateJson : JsonSerializerContext;
