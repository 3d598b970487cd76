namespace Snowplow.Model;

/// <summary>
/// The version of a row is (<see cref="Generation"/>, revision of its state), compared in this order. Same version, same
/// content; readers keep the greatest version of each key.
/// </summary>
public static class ModelVersion
{
    /// <summary>
    /// Raised whenever rows must be computed anew from all landed events: a rule, a bound or the meaning of a column changed.
    /// </summary>
    public const int Generation = 3;
}
