namespace Snowplow.Storage.Landing;

/// <summary>A whole member of a file.</summary>
/// <param name="Header">What it says of itself.</param>
/// <param name="Content">Its content; null where it was not asked for.</param>
internal sealed record Member(MemberHeader Header, byte[]? Content);
