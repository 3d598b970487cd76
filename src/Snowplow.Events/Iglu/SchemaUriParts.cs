namespace Snowplow.Events.Iglu;

/// <summary>The parts of an Iglu URI as slices of its text; a number is <see cref="SchemaUriGrammar.AnyNumber"/> for <c>*</c>.</summary>
internal ref struct SchemaUriParts
{
    public ReadOnlySpan<byte> Vendor;
    public ReadOnlySpan<byte> Name;
    public ReadOnlySpan<byte> Format;
    public int Model;
    public int Revision;
    public int Addition;
}
