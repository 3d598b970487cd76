namespace Snowplow.Kql.Functions.Core;

/// <summary>What a column is called that is made by a call without a name.</summary>
internal enum NameRule
{
    /// <summary>As the argument where there is one alone, else by number.</summary>
    OnlyArgument,

    /// <summary>As the first argument.</summary>
    FirstArgument,

    /// <summary>By number.</summary>
    None,

    /// <summary>The function's name and the first argument's: <c>percentile_tdigest_merged</c>.</summary>
    NameAndFirstArgument,
}
