using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Orleans.InProcess.Generator;

/// <summary>Reads grain interfaces and grain classes from the compilation.</summary>
internal static class GrainInspector
{
    private static readonly SymbolDisplayFormat Label = new(
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameOnly, memberOptions: SymbolDisplayMemberOptions.IncludeContainingType);

    // Nullability is part of the types, so that proxies implement their interfaces without warnings.
    private static readonly SymbolDisplayFormat Qualified = SymbolDisplayFormat.FullyQualifiedFormat
        .AddMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    public static Inspected<GrainInterfaceModel>? Interface(GeneratorSyntaxContext context, CancellationToken cancellationToken)
    {
        if (context.SemanticModel.GetDeclaredSymbol(context.Node, cancellationToken) is not INamedTypeSymbol symbol) return null;
        if (!symbol.AllInterfaces.Any(IsGrainRoot) || IsFirstDeclaration(symbol, context.Node) is false) return null;
        var problems = new List<DiagnosticModel>();
        if (symbol.IsGenericType) problems.Add(DiagnosticModel.At(GeneratorDiagnostics.Generic, symbol));
        if (!IsAccessible(symbol)) problems.Add(DiagnosticModel.At(GeneratorDiagnostics.NotAccessible, symbol));
        var methods = new List<GrainMethodModel>();
        foreach (var member in symbol.AllInterfaces.Add(symbol).SelectMany(type => type.GetMembers()).Where(IsToImplement))
        {
            if (Problem(member) is { } problem) problems.Add(DiagnosticModel.At(problem, member));
            else methods.Add(Method((IMethodSymbol)member));
        }

        if (problems.Count > 0) return new(null, new([.. problems]));
        var fullName = symbol.ToDisplayString(Qualified);
        return new(new GrainInterfaceModel(fullName, ProxyName(symbol), new([.. methods])), default);
    }

    public static Inspected<GrainClassModel>? Class(GeneratorSyntaxContext context, CancellationToken cancellationToken)
    {
        if (context.SemanticModel.GetDeclaredSymbol(context.Node, cancellationToken) is not INamedTypeSymbol symbol) return null;
        if (symbol.IsAbstract || !symbol.AllInterfaces.Any(IsGrainRoot) || !symbol.AllInterfaces.Any(IsGrainBase)) return null;
        if (IsFirstDeclaration(symbol, context.Node) is false) return null;
        var problem = symbol.IsGenericType ? GeneratorDiagnostics.Generic : IsAccessible(symbol) ? null : GeneratorDiagnostics.NotAccessible;
        return problem is null
            ? new(new GrainClassModel(symbol.ToDisplayString(Qualified)), default)
            : new(null, new([DiagnosticModel.At(problem, symbol)]));
    }

    private static bool IsGrainRoot(INamedTypeSymbol type) => type.ToDisplayString() == "Orleans.IGrain";

    private static bool IsGrainBase(INamedTypeSymbol type) => type.ToDisplayString() == "Orleans.IGrainBase";

    private static bool IsFirstDeclaration(INamedTypeSymbol symbol, SyntaxNode node) => symbol.DeclaringSyntaxReferences[0].GetSyntax() == node;

    private static bool IsAccessible(INamedTypeSymbol symbol)
    {
        for (var type = symbol; type is not null; type = type.ContainingType)
        {
            if (type.IsFileLocal) return false;
            if (type.DeclaredAccessibility is not (Accessibility.Public or Accessibility.Internal or Accessibility.ProtectedOrInternal)) return false;
        }

        return true;
    }

    // Accessors belong to properties and events, which are reported themselves.
    private static bool IsToImplement(ISymbol member) =>
        member.IsAbstract && member is not IMethodSymbol { MethodKind: not MethodKind.Ordinary } and not INamedTypeSymbol;

    private static DiagnosticDescriptor? Problem(ISymbol member)
    {
        if (member is not IMethodSymbol method) return GeneratorDiagnostics.NotAMethod;
        if (method.IsGenericMethod) return GeneratorDiagnostics.Generic;
        if (method.Parameters.Any(parameter => parameter.RefKind != RefKind.None)) return GeneratorDiagnostics.ByReference;
        return TaskKind(method) is null ? GeneratorDiagnostics.ReturnType : null;
    }

    private static string? TaskKind(IMethodSymbol method)
    {
        var type = method.ReturnType.OriginalDefinition;
        return type.ContainingNamespace?.ToDisplayString() == "System.Threading.Tasks" && type.Name is "Task" or "ValueTask" ? type.Name : null;
    }

    private static GrainMethodModel Method(IMethodSymbol method)
    {
        var result = ((INamedTypeSymbol)method.ReturnType).TypeArguments.FirstOrDefault();
        var options = Attributes(method, "AlwaysInterleave", "ReadOnly").Select(name => "global::Orleans.CodeGeneration.GrainCallOptions." + name);
        return new GrainMethodModel(
            method.ContainingType.ToDisplayString(Qualified),
            Escape(method.Name),
            method.ToDisplayString(Label),
            result?.ToDisplayString(Qualified),
            TaskKind(method) == "ValueTask",
            string.Join(" | ", options),
            result is null && Attributes(method, "OneWay").Any(),
            new([.. method.Parameters.Select(Parameter)]));
    }

    private static IEnumerable<string> Attributes(IMethodSymbol method, params string[] names) =>
        names.Where(name => method.GetAttributes().Any(a => a.AttributeClass?.ToDisplayString() == $"Orleans.Concurrency.{name}Attribute"));

    private static GrainParameterModel Parameter(IParameterSymbol parameter) => new(
        parameter.Type.ToDisplayString(Qualified),
        Escape(parameter.Name),
        parameter.Type.ToDisplayString() == "System.Threading.CancellationToken");

    private static string Escape(string name) =>
        SyntaxFacts.GetKeywordKind(name) != SyntaxKind.None || SyntaxFacts.GetContextualKeywordKind(name) != SyntaxKind.None ? "@" + name : name;

    private static string ProxyName(INamedTypeSymbol symbol)
    {
        var name = symbol.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat.WithGlobalNamespaceStyle(SymbolDisplayGlobalNamespaceStyle.Omitted));
        return "Proxy_" + string.Concat(name.Select(c => char.IsLetterOrDigit(c) ? c : '_'));
    }
}
