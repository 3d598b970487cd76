namespace Orleans.InProcess.Generator;

/// <summary>A method of a grain interface.</summary>
/// <param name="Interface">The interface that declares it, fully qualified.</param>
/// <param name="Name">Its name, escaped where it is a keyword.</param>
/// <param name="Label">Interface and method without namespaces, for messages.</param>
/// <param name="Result">The fully qualified result type; null for methods without one.</param>
/// <param name="IsValueTask">Whether it returns a value task.</param>
/// <param name="Options">The call options as C# text.</param>
/// <param name="IsOneWay">Whether callers do not wait.</param>
/// <param name="Parameters">Its parameters.</param>
internal sealed record GrainMethodModel(
    string Interface,
    string Name,
    string Label,
    string? Result,
    bool IsValueTask,
    string Options,
    bool IsOneWay,
    EquatableArray<GrainParameterModel> Parameters);
