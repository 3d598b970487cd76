using Snowplow.Kql.Aggregates;
using Snowplow.Kql.Binding;
using Snowplow.Kql.Commands.Core;
using Snowplow.Kql.Functions;
using Snowplow.Kql.Schema;
using Snowplow.Kql.Syntax;

namespace Snowplow.Kql.Commands.Functions;

/// <summary>A function as the commands that make one have it.</summary>
internal sealed record FunctionDeclaration(Token Name, StoredFunction Function, bool IsValidated, bool MayBeThere)
{
    public static FunctionDeclaration Read(CommandReader reader)
    {
        var mayBeThere = reader.TryWord("ifnotexists");
        var properties = reader.Properties("docstring", "folder", "skipvalidation", "view");
        var name = reader.Name("the name of a function");
        return new FunctionDeclaration(name, reader.Function(name)(properties), !properties.IsTrue("skipvalidation"), mayBeThere);
    }

    /// <summary>Puts the function into the catalog.</summary>
    /// <exception cref="BindFailure">Its name is taken by the language, or its body makes no sense.</exception>
    public ResultTable Put(CommandRun run)
    {
        if (FunctionTable.Find(Function.Name) is not null || AggregateTable.Find(Function.Name) is not null || SpecialCalls.All.Any(call => call.Name == Function.Name))
            throw BindFailure.Semantic("SEM0302", $"'{Function.Name}' is a function of the language: choose another name", Name.Span);
        var before = run.Database;
        run.Change(run.Catalog with { Functions = run.Catalog.Functions.SetItem(Function.Name, Function) });
        if (run.IsValidating && IsValidated)
        {
            try
            {
                FunctionCheck.Bind(run, Function);
            }
            catch (BindFailure)
            {
                run.Restore(before);
                throw;
            }
        }

        return FunctionRows.Of(Function);
    }
}
