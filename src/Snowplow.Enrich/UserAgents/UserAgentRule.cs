using System.Text.RegularExpressions;
using Snowplow.Enrich.UserAgents.Patterns;

namespace Snowplow.Enrich.UserAgents;

/// <summary>One rule of uap-core, ready to be tried. Immutable.</summary>
/// <param name="Program">The pattern; null where it goes beyond what programs can do.</param>
/// <param name="Regex">The pattern for .NET's engine; null where there is a program.</param>
/// <param name="Required">Lists of literals in lower case; a text that matches holds one of each.</param>
/// <param name="Texts">For each field of its part the text; null for a field that the rule leaves undefined.</param>
internal sealed record UserAgentRule(
    PatternProgram? Program, Regex? Regex, IReadOnlyList<IReadOnlyList<string>> Required, ReplacementText?[] Texts);
