namespace Snowplow.Enrich.Adapters.Webhooks.GoogleAnalytics;

/// <summary>What a parameter of the measurement protocol is in its schema.</summary>
internal enum HitValue
{
    /// <summary>A string.</summary>
    Text,

    /// <summary>A whole number.</summary>
    Integer,

    /// <summary>Any number.</summary>
    Number,

    /// <summary>An amount, rounded half to even to two decimals: the schemas want multiples of 0.01.</summary>
    Money,

    /// <summary><c>1</c> or <c>true</c>, <c>0</c> or <c>false</c>.</summary>
    Boolean,
}
