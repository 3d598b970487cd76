using System.Text.Json.Serialization;

namespace Snowplow.Benchmarks.GrainState;

[JsonSerializable(typeof(BenchmarkState))]
internal sealed partial class BenchmarkStateJson : JsonSerializerContext;
