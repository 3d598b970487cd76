namespace Snowplow.Warehouse.Extents;

/// <summary>A file that should be an extent is none, or a column of it is not what was written.</summary>
public sealed class ExtentDamagedException : IOException
{
    /// <summary>A damaged file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="column">The column; null where it is the file as a whole.</param>
    /// <param name="reason">What is wrong with it.</param>
    /// <param name="inner">What noticed it.</param>
    public ExtentDamagedException(string path, string? column, string reason, Exception? inner = null)
        : base($"The extent '{path}' is damaged{(column is null ? "" : $" in column '{column}'")}: {reason}. 'snowplow rebuild' makes it anew from the files that landed.", inner)
    {
        Path = path;
        Column = column;
        Reason = reason;
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>The column; null where it is the file as a whole.</summary>
    public string? Column { get; }

    /// <summary>What is wrong with it.</summary>
    public string Reason { get; }
}
