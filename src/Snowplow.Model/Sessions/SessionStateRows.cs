using System.Collections.Immutable;

namespace Snowplow.Model.Sessions;

/// <summary>The rows that a checkpoint takes from a session's state.</summary>
/// <param name="Sessions">What users are told of the rows of <paramref name="SessionLines"/>.</param>
/// <param name="SessionLines">Rows of <c>sessions</c>: UTF-8, one JSON object a line.</param>
/// <param name="ViewLines">Rows of <c>views</c>, likewise.</param>
/// <param name="ForgottenLine">The row of <c>forgotten</c>, if it has changed.</param>
public sealed record SessionStateRows(ImmutableArray<SessionSummary> Sessions, byte[] SessionLines, byte[] ViewLines, byte[] ForgottenLine);
