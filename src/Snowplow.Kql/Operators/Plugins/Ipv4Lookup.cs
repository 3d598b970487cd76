using Snowplow.Kql.Binding;
using Snowplow.Kql.Data;
using Snowplow.Kql.Functions;
using Snowplow.Kql.Plan;
using Snowplow.Kql.Syntax;

namespace Snowplow.Kql.Operators.Plugins;

/// <summary>
/// <c>ipv4_lookup(Table, Address, Range, .., return_unmatched = false)</c>: the rows with those of a table whose range their address is in, and whose further
/// columns are equal. All ranges that hold it count, in the order of the table; where wanted, rows without one stay.
/// </summary>
internal static class Ipv4Lookup
{
    private const string Flag = "return_unmatched";

    public static PlanNode Bind(PluginCall call)
    {
        var keepsAll = false;
        var names = call.Arguments.Skip(1).ToList();
        if (names is [.., NamedSyntax { Names: [Flag] } or LiteralSyntax { Literal.Type: KqlType.Bool }])
        {
            var flag = names[^1];
            keepsAll = call.Binder.Constant(flag is NamedSyntax named ? named.Expression : flag, KqlType.Bool) is true;
            names.RemoveAt(names.Count - 1);
        }

        if (names.Count < 2) throw BindFailure.Semantic("SEM0219", $"ipv4_lookup takes a table, a column with addresses, one of the table with ranges, columns of both, and {Flag}", call.Span);
        var table = call.Binder.BindTable(call.Arguments[0]);
        var (address, range) = (Column(names[0], call.Input, isText: true), Column(names[1], table, isText: true));
        var keys = names.Skip(2).Select(name => Column(name, call.Input, isText: false)).ToList();
        var tableKeys = names.Skip(2).Select(name => Column(name, table, isText: false)).ToList();
        var (rows, found) = (call.Binder.Run(call.Input), call.Binder.Run(table));
        var (left, right) = Pairs(Addresses(rows, address, keys), Addresses(found, range, tableKeys), keepsAll, call.Binder.Context.Cancellation);
        var kept = table.Schema.Except(tableKeys).ToList();
        var taken = new HashSet<string>(StringComparer.Ordinal);
        return new Scan(new MemoryTable(
            "ipv4_lookup",
            [.. call.Input.Schema.Concat(kept).Select(column => (Unique(column.Name, taken), column.Type))],
            [.. call.Input.Schema.Select(column => rows[column].Take(left)), .. kept.Select(column => found[column].Take(right))],
            left.Length));
    }

    private static ColumnSymbol Column(ExpressionSyntax name, PlanNode plan, bool isText)
    {
        if (name is not NameSyntax { Name: var text }) throw BindFailure.Semantic("SEM0219", "ipv4_lookup takes columns behind its table", name.Span);
        var column = plan.Schema.Find(text) ?? throw BindFailure.Unresolved("column", text, name.Span);
        return !isText || column.Type == KqlType.String ? column : throw BindFailure.Semantic("SEM0219", $"'{text}' must be a string with addresses, not {column.Type.Name()}", name.Span);
    }

    // Of each row its address, with the prefix, and the text of its further keys; null where it has no address.
    private static (long Address, int Prefix, string Keys)?[] Addresses(Batch rows, ColumnSymbol column, List<ColumnSymbol> keys)
    {
        var addresses = new (long, int, string)?[rows.RowCount];
        for (var row = 0; row < addresses.Length; row++)
        {
            if (!Ipv4.TryParse(DynamicValue.Text(rows[column].Box(row)), out var address, out var prefix)) continue;
            addresses[row] = (address, prefix, keys.Count == 0 ? "" : DynamicJson.Text(keys.Select(key => DynamicValue.Of(rows[key].Box(row))).ToArray()));
        }

        return addresses;
    }

    // Ranges are found by the network of the address for each length of prefix that there is.
    private static (int[] Left, int[] Right) Pairs((long Address, int Prefix, string Keys)?[] addresses, (long Address, int Prefix, string Keys)?[] ranges, bool keepsAll, CancellationToken cancellation)
    {
        var byNetwork = ranges.Index().Where(range => range.Item is not null)
            .ToLookup(range => (range.Item!.Value.Address & Ipv4.Mask(range.Item.Value.Prefix), range.Item.Value.Prefix, range.Item.Value.Keys), range => range.Index);
        var prefixes = ranges.OfType<(long Address, int Prefix, string Keys)>().Select(range => range.Prefix).Distinct().ToList();
        var (left, right) = (new List<int>(), new List<int>());
        for (var row = 0; row < addresses.Length; row++)
        {
            if ((row & 1023) == 0) cancellation.ThrowIfCancellationRequested();
            var matches = addresses[row] is { } own
                ? prefixes.Where(prefix => prefix <= own.Prefix).SelectMany(prefix => byNetwork[(own.Address & Ipv4.Mask(prefix), prefix, own.Keys)]).Order().ToList()
                : [];
            if (matches.Count == 0 && keepsAll) matches.Add(-1);
            foreach (var match in matches)
            {
                left.Add(row);
                right.Add(match);
            }
        }

        return ([.. left], [.. right]);
    }

    private static string Unique(string name, HashSet<string> taken)
    {
        var unique = ColumnNames.Unique(name, taken);
        taken.Add(unique);
        return unique;
    }
}
