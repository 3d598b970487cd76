using System.Text;
using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Strings;

/// <summary><c>parse_command_line</c>: the arguments of a Windows command line in an array.</summary>
internal static class ParseCommandLine
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("parse_command_line", 2, "The arguments of a Windows command line in an array.")
        .On((string text, string kind) => kind == "windows" ? (object)Arguments(text) : null);

    private static object?[] Arguments(string text)
    {
        var arguments = new List<object?>();
        var argument = new StringBuilder();
        var isQuoted = false;
        var isOpen = false;
        foreach (var c in text)
        {
            if (c == '"')
            {
                isQuoted = !isQuoted;
                isOpen = true;
            }
            else if (char.IsWhiteSpace(c) && !isQuoted)
            {
                if (isOpen) arguments.Add(argument.ToString());
                argument.Clear();
                isOpen = false;
            }
            else
            {
                argument.Append(c);
                isOpen = true;
            }
        }

        if (isOpen) arguments.Add(argument.ToString());
        return [.. arguments];
    }
}
