using Snowplow.Kql.Syntax;

namespace Snowplow.Kql.Schema;

/// <summary>A function that a database keeps: queries call it by its name, without parentheses too where it has no parameters.</summary>
public sealed class StoredFunction
{
    internal StoredFunction(string script, TextSpan parameters, TextSpan body, LetFunctionSyntax syntax)
    {
        Script = script;
        Name = syntax.Name;
        Parameters = script.Substring(parameters.Start, parameters.Length);
        Body = script.Substring(body.Start, body.Length);
        Syntax = syntax;
    }

    /// <summary>The name.</summary>
    public string Name { get; }

    /// <summary>The parameters as they were written, in parentheses.</summary>
    public string Parameters { get; }

    /// <summary>The body as it was written, in braces.</summary>
    public string Body { get; }

    /// <summary>The folder that clients show it in; empty for none.</summary>
    public string Folder { get; init; } = "";

    /// <summary>What it gives; empty where nobody said.</summary>
    public string DocString { get; init; } = "";

    /// <summary>Whether <c>union *</c> and <c>search</c> take it for a table.</summary>
    public bool IsView => Syntax.IsView;

    /// <summary>The command that makes it.</summary>
    public string Command =>
        $".create-or-alter function with (docstring = {KqlNames.Literal(DocString)}, folder = {KqlNames.Literal(Folder)}, view = {(IsView ? "true" : "false")}, skipvalidation = true) {KqlNames.Quoted(Name)}{Parameters} {Body}";

    /// <summary>The text that the places in <see cref="Syntax"/> are of.</summary>
    internal string Script { get; }

    internal LetFunctionSyntax Syntax { get; }
}
