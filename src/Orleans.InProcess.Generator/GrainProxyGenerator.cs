using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Orleans.InProcess.Generator;

/// <summary>Generates proxies for the grain interfaces of a compilation and a manifest of its grain interfaces and classes.</summary>
[Generator(LanguageNames.CSharp)]
public sealed class GrainProxyGenerator : IIncrementalGenerator
{
    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var interfaces = context.SyntaxProvider
            .CreateSyntaxProvider(static (node, _) => node is InterfaceDeclarationSyntax { BaseList: not null }, GrainInspector.Interface)
            .Where(static found => found is not null)
            .Select(static (found, _) => found!);
        var classes = context.SyntaxProvider
            .CreateSyntaxProvider(static (node, _) => node is ClassDeclarationSyntax { BaseList: not null }, GrainInspector.Class)
            .Where(static found => found is not null)
            .Select(static (found, _) => found!);

        context.RegisterSourceOutput(interfaces, static (output, found) =>
        {
            Report(output, found.Diagnostics);
            if (found.Model is { } model) output.AddSource($"{model.ProxyName}.g.cs", ProxyWriter.Write(model));
        });
        context.RegisterSourceOutput(classes, static (output, found) => Report(output, found.Diagnostics));
        context.RegisterSourceOutput(interfaces.Collect().Combine(classes.Collect()), static (output, found) =>
        {
            var models = found.Left.Select(item => item.Model).OfType<GrainInterfaceModel>().ToList();
            var classModels = found.Right.Select(item => item.Model).OfType<GrainClassModel>().ToList();
            if (models.Count + classModels.Count > 0) output.AddSource("AssemblyGrainManifest.g.cs", ManifestWriter.Write(models, classModels));
        });
    }

    private static void Report(SourceProductionContext output, EquatableArray<DiagnosticModel> diagnostics)
    {
        foreach (var diagnostic in diagnostics) output.ReportDiagnostic(diagnostic.ToDiagnostic());
    }
}
