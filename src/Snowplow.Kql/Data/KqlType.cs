namespace Snowplow.Kql.Data;

/// <summary>The scalar types of KQL.</summary>
public enum KqlType
{
    /// <summary><c>bool</c>.</summary>
    Bool,

    /// <summary><c>int</c>: 32 bits.</summary>
    Int,

    /// <summary><c>long</c>: 64 bits.</summary>
    Long,

    /// <summary><c>real</c>: IEEE double.</summary>
    Real,

    /// <summary><c>decimal</c>.</summary>
    Decimal,

    /// <summary><c>datetime</c>: UTC in ticks of 100 ns since year 1.</summary>
    DateTime,

    /// <summary><c>timespan</c>: ticks of 100 ns.</summary>
    TimeSpan,

    /// <summary><c>guid</c>.</summary>
    Guid,

    /// <summary><c>string</c>: never null.</summary>
    String,

    /// <summary><c>dynamic</c>: a JSON value.</summary>
    Dynamic,
}

/// <summary>Names and ranks of types.</summary>
public static class KqlTypes
{
    private static readonly string[] Names = ["bool", "int", "long", "real", "decimal", "datetime", "timespan", "guid", "string", "dynamic"];

    private static readonly string[] SystemNames =
    [
        "System.SByte", "System.Int32", "System.Int64", "System.Double", "System.Decimal", "System.DateTime", "System.TimeSpan",
        "System.Guid", "System.String", "System.Object",
    ];

    private static readonly Dictionary<string, KqlType> ByName = new(StringComparer.Ordinal)
    {
        ["bool"] = KqlType.Bool, ["boolean"] = KqlType.Bool, ["int"] = KqlType.Int, ["int32"] = KqlType.Int, ["long"] = KqlType.Long,
        ["int64"] = KqlType.Long, ["real"] = KqlType.Real, ["double"] = KqlType.Real, ["decimal"] = KqlType.Decimal,
        ["datetime"] = KqlType.DateTime, ["date"] = KqlType.DateTime, ["timespan"] = KqlType.TimeSpan, ["time"] = KqlType.TimeSpan,
        ["guid"] = KqlType.Guid, ["uuid"] = KqlType.Guid, ["uniqueid"] = KqlType.Guid, ["string"] = KqlType.String, ["dynamic"] = KqlType.Dynamic,
    };

    /// <summary>KQL's name: <c>long</c>.</summary>
    public static string Name(this KqlType type) => Names[(int)type];

    /// <summary>The name that <c>getschema</c> and Kusto's protocol give: <c>System.Int64</c>.</summary>
    public static string SystemName(this KqlType type) => SystemNames[(int)type];

    /// <summary>The type of a name or an alias of it; false where there is none.</summary>
    public static bool TryParse(string name, out KqlType type) => ByName.TryGetValue(name, out type);

    /// <summary>Whether it is int, long, real or decimal.</summary>
    public static bool IsNumeric(this KqlType type) => type is KqlType.Int or KqlType.Long or KqlType.Real or KqlType.Decimal;

    /// <summary>Whether a column of it holds 64-bit integers: long, datetime and timespan.</summary>
    public static bool IsInt64(this KqlType type) => type is KqlType.Long or KqlType.DateTime or KqlType.TimeSpan;

    /// <summary>The type to which both numbers are widened: int, long, real, decimal in that order.</summary>
    internal static KqlType Wider(KqlType a, KqlType b) => (KqlType)Math.Max((int)a, (int)b);

    /// <summary>The type that holds the values of both; null where none does.</summary>
    internal static KqlType? Common(KqlType a, KqlType b) =>
        a == b ? a
        : a.IsNumeric() && b.IsNumeric() ? Wider(a, b)
        : a == KqlType.Dynamic || b == KqlType.Dynamic ? KqlType.Dynamic
        : null;
}
