namespace Snowplow.Warehouse.Extents.Columns;

/// <summary>How the bytes of a column are laid out: a number in the footer, which never changes its meaning.</summary>
internal enum ColumnForm
{
    /// <summary>One value counts for all rows.</summary>
    Constant = 0,

    /// <summary>Bools, ints, longs, datetimes and timespans.</summary>
    Integers = 1,

    /// <summary>Reals.</summary>
    Reals = 2,

    /// <summary>Decimals.</summary>
    Decimals = 3,

    /// <summary>Sixteen bytes a value: guids.</summary>
    Guids = 4,

    /// <summary>Strings that are uuids or empty.</summary>
    Uuids = 5,

    /// <summary>Places in a dictionary of strings or JSON texts.</summary>
    Dictionary = 6,

    /// <summary>Strings or JSON texts, compressed in groups of whole blocks. Nothing writes it any more.</summary>
    Texts = 7,

    /// <summary>Strings or JSON texts, compressed in groups, each with bounds of its strings and a filter of their terms.</summary>
    TextGroups = 8,
}
