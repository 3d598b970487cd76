namespace Snowplow.Silo.Filters;

/// <summary>Whoever read the output has ended, as <c>head</c> does: no failure, just the end.</summary>
internal sealed class ReaderGoneException() : IOException("Nobody reads the output any more.");
