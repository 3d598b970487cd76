using Snowplow.Kql.Data;
using Snowplow.Kql.Execution;

namespace Snowplow.Kql.Functions.Core;

/// <summary>Evaluates a function over columns of equal length, which may be constant, and gives as many rows.</summary>
/// <param name="arguments">The arguments, of the types of the signature.</param>
/// <param name="rows">Number of rows.</param>
/// <param name="context">The run.</param>
internal delegate Column Kernel(Column[] arguments, int rows, QueryContext context);
