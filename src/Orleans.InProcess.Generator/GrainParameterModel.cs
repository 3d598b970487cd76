namespace Orleans.InProcess.Generator;

/// <summary>A parameter of a grain method.</summary>
internal sealed record GrainParameterModel(string Type, string Name, bool IsCancellationToken);
