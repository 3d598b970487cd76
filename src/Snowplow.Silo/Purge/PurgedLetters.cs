using System.Text;
using System.Text.Json;
using Snowplow.Storage.Blobs;

namespace Snowplow.Silo.Purge;

/// <summary>Takes interventions of forgotten people out of a file of dead letters.</summary>
internal static class PurgedLetters
{
    /// <summary>Rewrites it where it has any, whole or not at all.</summary>
    /// <returns>How many it were.</returns>
    public static int Rewrite(string path, IReadOnlyList<PurgedPerson> people)
    {
        var lines = File.ReadAllLines(path);
        var kept = lines.Where(line => !IsOf(line, people)).ToArray();
        if (kept.Length < lines.Length)
        {
            WholeFile.Write(path, file =>
            {
                foreach (var line in kept) file.Write(Encoding.UTF8.GetBytes(line + "\n"));
            });
        }

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
