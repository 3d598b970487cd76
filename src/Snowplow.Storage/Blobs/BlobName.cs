using System.Buffers;

namespace Snowplow.Storage.Blobs;

/// <summary>The one rule for names of blobs, whatever the store: nothing in a name can leave the store's root.</summary>
public static class BlobName
{
    private static readonly SearchValues<char> SegmentCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._=-");

    /// <summary>Whether every segment is non-empty, of allowed characters, and neither <c>.</c> nor <c>..</c>.</summary>
    public static bool IsValid(ReadOnlySpan<char> name)
    {
        foreach (var range in name.Split('/'))
            if (!IsValidSegment(name[range]))
                return false;
        return true;
    }

    /// <summary>Throws for a name that is not valid.</summary>
    public static void Check(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (!IsValid(name))
            throw new ArgumentException(
                $"'{name}' does not name a blob: use relative paths of '/'-separated segments of [A-Za-z0-9._=-], without '.' and '..'.", nameof(name));
    }

    private static bool IsValidSegment(ReadOnlySpan<char> segment) =>
        segment.Length > 0 && segment is not "." and not ".." && !segment.ContainsAnyExcept(SegmentCharacters);
}
