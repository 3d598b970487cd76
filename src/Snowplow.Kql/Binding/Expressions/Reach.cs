namespace Snowplow.Kql.Binding.Expressions;

/// <summary>The rows around a row that an expression reads.</summary>
/// <param name="Before">So many before it.</param>
/// <param name="Behind">So many behind it.</param>
internal readonly record struct Reach(long Before, long Behind)
{
    /// <summary>What either of two reaches.</summary>
    public Reach Or(Reach other) => new(Math.Max(Before, other.Before), Math.Max(Behind, other.Behind));

    /// <summary>What this reaches from whatever the other does.</summary>
    public Reach Then(Reach other) => new(Before + other.Before, Behind + other.Behind);
}
