using System.Runtime.InteropServices;

namespace Snowplow.Enrich.JsonSchema;

/// <summary>
/// One validation under way. Without a report it answers only valid or not, and ends at the first violation; with one it goes on
/// and collects.
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal ref struct SchemaRun
{
    /// <summary>
    /// How many bytes the alternatives of <c>anyOf</c> and its like may read again in one validation. Nested alternatives multiply,
    /// so without a limit a small schema and a small text could take hours.
    /// </summary>
    private const int MaxBytesReadAgain = 64 * 1024 * 1024;

    private int _bytesReadAgain;

    public SchemaRun(JsonCursor cursor, ViolationReport? report)
    {
        Cursor = cursor;
        Report = report;
    }

    /// <summary>The instance.</summary>
    public JsonCursor Cursor;

    /// <summary>Where violations go; null to stop at the first.</summary>
    public readonly ViolationReport? Report;

    /// <summary>Why validation was given up (a limit, not a violation); null while it goes on.</summary>
    public string? Abandoned { get; private set; }

    /// <summary>Whether nothing more should be looked at once something is invalid.</summary>
    public readonly bool Stops => Report is null || Report.IsFull || Broken;

    /// <summary>Whether the text turned out not to be JSON or a limit was met, so that no schema counts as matched or not.</summary>
    public readonly bool Broken => Cursor.Failed || Abandoned is not null;

    /// <summary>Gives up; the instance counts as invalid.</summary>
    public void Abandon(string reason) => Abandoned ??= reason;

    /// <summary>Returns to a place before another look at the same value, within the limit.</summary>
    public void ReadAgain(JsonCursor.Mark from)
    {
        // A constant per look bounds alternatives that fail at once.
        _bytesReadAgain += Cursor.Position - from.Position + 64;
        if (_bytesReadAgain > MaxBytesReadAgain)
            Abandon("the alternatives of the schema make it too costly to validate");
        if (!Cursor.Failed)
            Cursor.Return(from);
    }

    /// <summary>Notes a violation, if someone wants to know.</summary>
    /// <returns>False, for the caller to return.</returns>
    public readonly bool Violates(string keyword, string message, params ReadOnlySpan<string> targets)
    {
        Report?.Add(keyword, message, targets.ToArray());
        return false;
    }
}
