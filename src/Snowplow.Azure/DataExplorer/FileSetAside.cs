namespace Snowplow.Azure.DataExplorer;

/// <summary>Why a file lies in <c>load/failed/</c>, beside it as JSON.</summary>
/// <param name="Table">The table it is for.</param>
/// <param name="Batch">The batch it was in.</param>
/// <param name="At">When it was set aside.</param>
/// <param name="Error">What Data Explorer said.</param>
/// <param name="Command">Loads it, at most once, when the cause is removed.</param>
internal sealed record FileSetAside(string Table, long Batch, DateTimeOffset At, string Error, string Command);
