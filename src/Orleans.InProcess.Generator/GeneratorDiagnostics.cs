using Microsoft.CodeAnalysis;

namespace Orleans.InProcess.Generator;

/// <summary>What the generator may complain about.</summary>
internal static class GeneratorDiagnostics
{
    public static readonly DiagnosticDescriptor ReturnType = Error(
        "GRAIN001",
        "Grain methods return tasks",
        "Grain method '{0}' must return Task, Task<T>, ValueTask or ValueTask<T>: callers may have to wait for the grain's turn");

    public static readonly DiagnosticDescriptor ByReference = Error(
        "GRAIN002",
        "Grain methods take their arguments by value",
        "Grain method '{0}' has a ref, in or out parameter: return a value instead");

    public static readonly DiagnosticDescriptor Generic = Error(
        "GRAIN003",
        "Grain interfaces and methods are not generic",
        "'{0}' is generic, which the in-process engine does not support: write one interface or method per type");

    public static readonly DiagnosticDescriptor NotAMethod = Error(
        "GRAIN004",
        "Grain interfaces have methods only",
        "'{0}' is not a method: write a method that returns a task");

    public static readonly DiagnosticDescriptor NotAccessible = Error(
        "GRAIN005",
        "Grain interfaces and classes are internal or public",
        "'{0}' cannot be reached by generated code: make it, and the types it is nested in, internal or public");

    private static readonly DiagnosticDescriptor[] All = [ReturnType, ByReference, Generic, NotAMethod, NotAccessible];

    public static DiagnosticDescriptor ById(string id) => All.Single(descriptor => descriptor.Id == id);

    private static DiagnosticDescriptor Error(string id, string title, string message) =>
        new(id, title, message, "Orleans.InProcess", DiagnosticSeverity.Error, isEnabledByDefault: true);
}
