namespace Snowplow.Model.Identity;

/// <summary>The rows that a checkpoint takes from an identity's state: UTF-8, one JSON object a line each; empty where there is none.</summary>
/// <param name="IdentityLine">The row of <c>identities</c>.</param>
/// <param name="MergeLines">The rows of <c>identity_merges</c>.</param>
public sealed record IdentityStateRows(byte[] IdentityLine, byte[] MergeLines);
