using System.Text.Json.Serialization;

namespace Snowplow.Azure.DataExplorer;

/// <summary>How units and batches stand in their blobs. Made by source generation.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(LoadUnit))]
[JsonSerializable(typeof(LoadBatch))]
[JsonSerializable(typeof(FileSetAside))]
[JsonSerializable(typeof(Dictionary<string, long>))]
internal sealed partial class LoadJson : JsonSerializerContext;
