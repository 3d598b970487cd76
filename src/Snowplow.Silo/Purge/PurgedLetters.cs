using System.Text;
using System.Text.Json;
using Snowplow.Storage.Blobs;

namespace Snowplow.Silo.Purge;

/// <summary>Takes interventions of forgotten people out of a file of dead letters.</summary>
internal static class PurgedLetters
{
    /// <summary>Rewrites it where it has any, whole or not at all.</summary>
    /// <returns>How many it were.</returns>
    public static async Task<int> RewriteAsync(IBlobStore blobs, string file, IReadOnlyList<PurgedPerson> people, CancellationToken stop)
    {
        var content = await blobs.ReadWholeAsync(file, stop).ConfigureAwait(false);
        var lines = Encoding.UTF8.GetString(content).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var kept = lines.Where(line => !IsOf(line, people)).ToArray();
        if (kept.Length == lines.Length) return 0;
        if (!await blobs.TryReplaceAsync(file, content, Encoding.UTF8.GetBytes(string.Concat(kept.Select(line => line + "\n"))), stop).ConfigureAwait(false))
            throw new IOException($"Somebody else writes '{file}', which is being rewritten.");
        return lines.Length - kept.Length;
    }

    // A line that a crash has torn is told by its text.
    private static bool IsOf(string line, IReadOnlyList<PurgedPerson> people)
    {
        try
        {
            using var letter = JsonDocument.Parse(line);
            var key = letter.RootElement.GetProperty("intervention").GetProperty("key").GetString()!;
            return people.Any(person => person.IsToldOf(key));
        }
        catch (JsonException)
        {
            var utf8 = Encoding.UTF8.GetBytes(line);
            return people.Any(person => person.IsNamedBy(utf8));
        }
    }
}
