namespace Snowplow.Storage.Landing;

/// <summary>A batch's lines of one kind, on their way into a file.</summary>
/// <param name="Text">The lines in UTF-8, each ended by a line feed; empty for none.</param>
/// <param name="Count">How many there are.</param>
public readonly record struct BatchLines(ReadOnlyMemory<byte> Text, int Count)
{
    /// <summary>No lines.</summary>
    public static readonly BatchLines None;

    internal bool IsConsistent => Count >= 0 && Count == 0 == Text.IsEmpty;
}
