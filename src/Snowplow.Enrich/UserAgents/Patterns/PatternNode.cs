namespace Snowplow.Enrich.UserAgents.Patterns;

/// <summary>A piece of a parsed regular expression.</summary>
internal abstract record PatternNode
{
    /// <summary>Whether it can match the empty text.</summary>
    public abstract bool MayBeEmpty { get; }
}

/// <summary>One character of a set.</summary>
internal sealed record SetNode(CharacterSet Set) : PatternNode
{
    /// <inheritdoc/>
    public override bool MayBeEmpty => false;
}

/// <summary>Pieces after each other.</summary>
internal sealed record SequenceNode(IReadOnlyList<PatternNode> Items) : PatternNode
{
    /// <inheritdoc/>
    public override bool MayBeEmpty => Items.All(item => item.MayBeEmpty);
}

/// <summary>The first of several pieces with which the whole matches.</summary>
internal sealed record ChoiceNode(IReadOnlyList<PatternNode> Alternatives) : PatternNode
{
    /// <inheritdoc/>
    public override bool MayBeEmpty => Alternatives.Any(alternative => alternative.MayBeEmpty);
}

/// <summary>A piece repeated; <paramref name="Max"/> is <see cref="int.MaxValue"/> where there is no limit.</summary>
internal sealed record RepeatNode(PatternNode Body, int Min, int Max, bool IsLazy) : PatternNode
{
    /// <inheritdoc/>
    public override bool MayBeEmpty => Min == 0 || Body.MayBeEmpty;
}

/// <summary>A capturing group; the first has number 1.</summary>
internal sealed record CaptureNode(int Number, PatternNode Body) : PatternNode
{
    /// <inheritdoc/>
    public override bool MayBeEmpty => Body.MayBeEmpty;
}

/// <summary>A condition on a place between characters.</summary>
internal sealed record AssertNode(Operation Condition) : PatternNode
{
    /// <inheritdoc/>
    public override bool MayBeEmpty => true;
}
