namespace Snowplow.Model.Sets;

/// <summary>What <see cref="EventIdWindow"/> knows of an event.</summary>
internal enum Sighting
{
    /// <summary>It was not counted yet, as far as the window reaches.</summary>
    New,

    /// <summary>An earlier copy, or one of the same time, has been counted.</summary>
    Copy,

    /// <summary>A later copy has been counted: the count moves to this one.</summary>
    EarlierCopy,
}
