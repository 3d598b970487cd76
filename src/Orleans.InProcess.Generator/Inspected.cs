namespace Orleans.InProcess.Generator;

/// <summary>What was found at one declaration: something to generate, or what is wrong with it.</summary>
internal sealed record Inspected<T>(T? Model, EquatableArray<DiagnosticModel> Diagnostics)
    where T : class;
