namespace Orleans.InProcess.Generator;

/// <summary>A grain class, fully qualified.</summary>
internal sealed record GrainClassModel(string FullName);
