using System.Globalization;
using Snowplow.Kql.Binding;
using Snowplow.Kql.Commands.Core;
using Snowplow.Kql.Data;
using Snowplow.Kql.Files;
using Snowplow.Kql.Syntax;

namespace Snowplow.Kql.Commands.Files;

/// <summary><c>.export</c>: the rows of a query become a file, and are not kept. Where files may be written is not known here.</summary>
internal static class ExportTo
{
    public static readonly CommandForm Form = new(
        "export",
        ".export [compressed] to csv|tsv|json ('file' | 'folder/') [with (includeHeaders = 'all', namePrefix = '…', fileExtension = '…')] <| query",
        "Writes the rows of a query into a file, which must not be there yet; in a folder it gets a name as in Kusto. `compressed`, or an ending of `.gz`, packs it. Without `includeHeaders` no line names the columns.",
        Read);

    private static readonly (string, KqlType)[] Columns = [("Path", KqlType.String), ("NumRecords", KqlType.Long), ("SizeInBytes", KqlType.Long)];

    private static CommandAction Read(CommandReader reader)
    {
        var start = reader.Parser.Current;
        var isAsync = reader.TryWord("async");
        var isPacked = reader.TryWord("compressed");
        reader.Word("to");
        var format = reader.Word("csv", "tsv", "json");
        reader.Parser.Expect("(");
        var place = reader.Parser.Current.Span;
        var path = reader.Literals("the path of a file, or of a folder with a slash behind it");
        reader.Parser.Expect(")");
        // The last three say how a cluster shares the work.
        var properties = reader.Properties("includeHeaders", "namePrefix", "fileExtension", "distributed", "distribution", "concurrency");
        reader.Parser.Expect("<");
        reader.Parser.Expect("|");
        var first = reader.Parser.Current;
        var statements = reader.Parser.ReadStatements(null);
        return run =>
        {
            if (isAsync) throw BindFailure.NotSupported("'.export async': leave 'async' out and give the command the time that it needs (servertimeout)", start.Span);
            var hasHeader = HasHeader(properties, place);
            var write = run.Options.WriteFile ?? throw BindFailure.NotSupported("'.export' where nothing may be written: send it to /v1/rest/mgmt, without the request property request_readonly", start.Span);
            var binder = run.Binder();
            var plan = SingleQuery.Bind(binder, statements, first.Span);
            var rows = 0L;
            var file = Told(path, () => write(FileOf(path, format, isPacked, properties), stream =>
            {
                var writer = RowWriter.Of(format, stream, hasHeader);
                KqlEngine.Write(plan, binder.Context, writer);
                rows = writer.RowCount;
            }));
            return CommandRows.Of(Columns, [[file.Path, rows, file.SizeBytes]]);
        };
    }

    private static bool HasHeader(CommandProperties properties, TextSpan place) => properties["includeHeaders"].ToLowerInvariant() switch
    {
        "" or "none" => false,
        "all" or "firstfile" => true,
        var other => throw BindFailure.Semantic("SEM0310", $"includeHeaders must be none, all or firstFile, not '{other}'", place),
    };

    private static string FileOf(string path, string format, bool isPacked, CommandProperties properties)
    {
        if (path.EndsWith('/'))
        {
            var prefix = properties.Has("namePrefix") ? properties["namePrefix"] : "export";
            var extension = properties.Has("fileExtension") ? properties["fileExtension"] : $".{format}";
            path = string.Create(CultureInfo.InvariantCulture, $"{path}{prefix}_1_{Guid.NewGuid():N}{extension}");
        }

        return isPacked && !path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? $"{path}.gz" : path;
    }

    private static WrittenFile Told(string path, Func<WrittenFile> write)
    {
        try
        {
            return write();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new KqlException(KqlErrorKind.Runtime, $"'{path}' cannot be written: {failure.Message}", failure);
        }
    }
}
