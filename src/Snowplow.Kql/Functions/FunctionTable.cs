using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions;

/// <summary>All scalar functions, by folder.</summary>
internal static class FunctionTable
{
    /// <summary>The functions of each folder, in the order in which the documentation lists them.</summary>
    public static readonly (string Folder, ScalarFunction[] Functions)[] Folders =
    [
        ("Casts", Casts.CastsFunctions.All),
        ("Conditions", Conditions.ConditionsFunctions.All),
        ("Strings", Strings.StringsFunctions.All),
        ("Times", Times.TimesFunctions.All),
        ("Maths", Maths.MathsFunctions.All),
        ("Hashes", Hashes.HashesFunctions.All),
        ("Dynamics", Dynamics.DynamicsFunctions.All),
        ("Windows", Windows.WindowsFunctions.All),
        ("Network", Network.NetworkFunctions.All),
        ("Series", Series.SeriesFunctions.All),
        ("Units", Units.UnitsFunctions.All),
        ("Geo", Geo.GeoFunctions.All),
    ];

    private static readonly Dictionary<string, ScalarFunction> ByName = Folders
        .SelectMany(folder => folder.Functions)
        .SelectMany(function => function.Aliases.Prepend(function.Name).Select(name => (Name: name, Function: function)))
        .ToDictionary(pair => pair.Name, pair => pair.Function, StringComparer.Ordinal);

    /// <summary>The function of a name; null where there is none.</summary>
    public static ScalarFunction? Find(string name) => ByName.GetValueOrDefault(name);
}
