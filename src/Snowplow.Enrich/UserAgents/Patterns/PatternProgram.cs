using System.Buffers;

namespace Snowplow.Enrich.UserAgents.Patterns;

/// <summary>A regular expression made ready for <see cref="PatternMachine"/>. Immutable.</summary>
/// <param name="Instructions">The instructions; the first is the entry.</param>
/// <param name="First">With what a match may begin; null where that is anything.</param>
/// <param name="IsAnchored">Whether it can match at the start of the text only.</param>
/// <param name="IgnoresCase">Whether it runs over the text in lower case.</param>
internal sealed record PatternProgram(Instruction[] Instructions, SearchValues<byte>? First, bool IsAnchored, bool IgnoresCase);
