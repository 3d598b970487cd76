namespace Snowplow.Kql.Functions.Core;

/// <summary>What a column is called that is made by a call without a name.</summary>
internal enum NameRule
{
    /// <summary>By number.</summary>
    None,

    /// <summary>As the first argument.</summary>
    FirstArgument,

    /// <summary>As the argument where there is one alone, else by number.</summary>
    OnlyArgument,

    /// <summary>The function's name and the first argument's: <c>strlen_s</c>.</summary>
    NameAndFirstArgument,

    /// <summary>The function's prefix and the first argument's name: <c>type_x</c>.</summary>
    PrefixAndFirstArgument,

    /// <summary>The function's prefix: <c>hll_merged_result</c>.</summary>
    Prefix,
}
