namespace Snowplow.Enrich.Payloads;

/// <summary>One parameter of a raw event: slices of <see cref="RawEvents"/>' text.</summary>
/// <param name="NameStart">Where its name begins.</param>
/// <param name="NameLength">Its name's length in bytes.</param>
/// <param name="ValueStart">Where its value begins.</param>
/// <param name="ValueLength">Its value's length in bytes; 0 stands for null.</param>
/// <param name="Index">Its index in the table of the tracker protocol, or −1.</param>
/// <param name="IsText">False where a JSON body held another type than a string; the value is then the JSON text.</param>
internal readonly record struct RawParameter(int NameStart, int NameLength, int ValueStart, int ValueLength, int Index, bool IsText);
