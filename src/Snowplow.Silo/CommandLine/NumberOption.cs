using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Numerics;

namespace Snowplow.Silo.CommandLine;

/// <summary>Options that take a number of at least some size, with an error that says so.</summary>
internal static class NumberOption
{
    /// <summary>An option with a default.</summary>
    public static Option<T> Create<T>(string name, T initial, T least, string description)
        where T : struct, INumber<T> => new(name)
        {
            Description = description,
            HelpName = "number",
            DefaultValueFactory = _ => initial,
            CustomParser = result => Parse(result, name, least) ?? initial,
        };

    /// <summary>An option that may be left out.</summary>
    public static Option<T?> CreateOptional<T>(string name, T least, string description)
        where T : struct, INumber<T> => new(name)
        {
            Description = description,
            HelpName = "number",
            CustomParser = result => Parse(result, name, least),
        };

    private static T? Parse<T>(ArgumentResult result, string name, T least)
        where T : struct, INumber<T>
    {
        var text = result.Tokens.Count == 0 ? "" : result.Tokens[0].Value;
        if (T.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            && T.IsFinite(number) && number >= least)
        {
            return number;
        }

        result.AddError(string.Create(CultureInfo.InvariantCulture, $"{name} must be a number of at least {least}, not '{text}'."));
        return null;
    }
}
