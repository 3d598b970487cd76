namespace Snowplow.Events.BadRows;

/// <summary>The program that made a bad row.</summary>
/// <param name="Artifact">Its name, such as <c>snowplow-orleans</c>; at most 512 characters.</param>
/// <param name="Version">Its version, <c>MAJOR.MINOR.PATCH</c> and anything behind; at most 32 characters.</param>
public sealed record Processor(string Artifact, string Version);
