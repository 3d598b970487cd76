namespace Orleans.InProcess.Generator;

/// <summary>A grain interface as the generated code needs it: text only, so that unchanged input is recognised as such.</summary>
internal sealed record GrainInterfaceModel(string FullName, string ProxyName, EquatableArray<GrainMethodModel> Methods);
