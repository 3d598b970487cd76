using Snowplow.Kql.Data;
using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Strings;

/// <summary><c>parse_path</c>: the parts of a file's path in a bag.</summary>
internal static class ParsePath
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("parse_path", 2, "The parts of a file's path in a bag.")
        .On((string text) => (object)Of(text));

    private static Bag Of(string text)
    {
        var scheme = text.IndexOf("://", StringComparison.Ordinal) is > 0 and var end ? text[..end] : "";
        var path = scheme.Length > 0 ? text[(scheme.Length + 3)..] : text;
        var root = path.Length >= 2 && path[1] == ':' ? path[..2] : "";
        var slash = path.LastIndexOfAny(['/', '\\']);
        var name = path[(slash + 1)..];
        var stream = name.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon && slash >= 0 ? name[(colon + 1)..] : "";
        if (stream.Length > 0) name = name[..^(stream.Length + 1)];
        var dot = name.LastIndexOf('.');
        var folder = slash < 0 ? "" : path[..slash];
        return new Bag
        {
            ["Scheme"] = scheme, ["RootPath"] = root, ["DirectoryPath"] = folder, ["DirectoryName"] = folder[(folder.LastIndexOfAny(['/', '\\']) + 1)..],
            ["Filename"] = name, ["Extension"] = dot < 0 ? "" : name[(dot + 1)..], ["AlternateDataStreamName"] = stream,
        };
    }
}
