using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Snowplow.Grains.Interventions;
using Snowplow.Storage.Blobs;

namespace Snowplow.Silo.Interventions;

/// <summary>
/// What a webhook did not take: <c>dead-letters/{webhook}.jsonl</c> in the data folder, one JSON object a line. A letter may be there
/// twice after a crash; its intervention's id tells.
/// </summary>
internal sealed class DeadLetters(IBlobStore blobs, TimeProvider clock)
{
    private static readonly JsonSerializerOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The file of a webhook.</summary>
    public static string FileOf(string webhook) => $"dead-letters/{webhook}.jsonl";

    /// <summary>Appends deliveries; completes when they are durable.</summary>
    /// <exception cref="IOException">The file could not be written, or somebody else is writing it.</exception>
    public async Task AppendAsync(string webhook, IEnumerable<Delivery> deliveries, CancellationToken stop)
    {
        var lines = new StringBuilder();
        foreach (var delivery in deliveries)
        {
            var letter = new JsonObject
            {
                ["given_up_at"] = clock.GetUtcNow().UtcDateTime,
                ["failures"] = delivery.Failures,
                ["fault"] = delivery.Fault,
                ["intervention"] = JsonNode.Parse(delivery.Intervention.Json),
            };
            lines.Append(letter.ToJsonString(Options)).Append('\n');
        }

        var file = FileOf(webhook);
        var length = await blobs.GetLengthAsync(file, stop) ?? 0;
        if (!await blobs.TryAppendAsync(file, length, Encoding.UTF8.GetBytes(lines.ToString()), stop))
            throw new IOException($"'{file}' grew meanwhile: somebody else is writing it.");
    }
}
