namespace Snowplow.Kql.Functions.Core;

/// <summary>What is true of a function.</summary>
[Flags]
internal enum FunctionTraits
{
    /// <summary>Its result depends on its arguments in the same row, and on nothing else.</summary>
    None = 0,

    /// <summary>It reads other rows: prev, row_number.</summary>
    Window = 1,

    /// <summary>It gives something else each time: rand, new_guid.</summary>
    NotDeterministic = 2,

    /// <summary>Like <see cref="None"/>, but not to be asked once for each string of a dictionary.</summary>
    RowByRow = 4,
}
