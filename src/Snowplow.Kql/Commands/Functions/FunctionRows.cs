using Snowplow.Kql.Commands.Core;
using Snowplow.Kql.Schema;

namespace Snowplow.Kql.Commands.Functions;

/// <summary>Answers that tell of functions.</summary>
internal static class FunctionRows
{
    private static readonly string[] Columns = ["Name", "Parameters", "Body", "Folder", "DocString"];

    public static ResultTable Of(params IEnumerable<StoredFunction> functions) =>
        CommandRows.OfTexts(Columns, functions.Select(function => new object?[] { function.Name, function.Parameters, function.Body, function.Folder, function.DocString }));
}
