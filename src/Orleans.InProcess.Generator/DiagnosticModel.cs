using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Orleans.InProcess.Generator;

/// <summary>A diagnostic without references into the compilation.</summary>
internal sealed record DiagnosticModel(string Id, string Subject, string Path, TextSpan Span, LinePositionSpan Lines)
{
    public static DiagnosticModel At(DiagnosticDescriptor descriptor, ISymbol symbol)
    {
        var location = symbol.Locations[0];
        return new DiagnosticModel(
            descriptor.Id, symbol.ToDisplayString(), location.SourceTree?.FilePath ?? "", location.SourceSpan, location.GetLineSpan().Span);
    }

    public Diagnostic ToDiagnostic() =>
        Diagnostic.Create(GeneratorDiagnostics.ById(Id), Location.Create(Path, Span, Lines), Subject);
}
