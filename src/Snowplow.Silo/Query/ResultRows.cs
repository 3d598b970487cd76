using Snowplow.Kql;
using Snowplow.Kql.Data;

namespace Snowplow.Silo.Query;

/// <summary>A result to be written, of an engine in this process or of a server.</summary>
/// <param name="Columns">The columns.</param>
/// <param name="Rows">The rows, values as <see cref="Column.Box"/> gives them; to be read once.</param>
/// <param name="Visualization">The kind of chart that <c>render</c> asked for; null without it.</param>
internal sealed record ResultRows(IReadOnlyList<ColumnSymbol> Columns, IEnumerable<object?[]> Rows, string? Visualization)
{
    /// <summary>Those of a result of the engine.</summary>
    public static ResultRows Of(ResultTable result) => new(result.Columns, result.Rows(), result.Visualization?.Kind);
}

/// <summary>Answers a query or management commands.</summary>
/// <exception cref="KqlException">There is no answer.</exception>
internal delegate Task<IReadOnlyList<ResultRows>> Ask(string text, CancellationToken stop);
