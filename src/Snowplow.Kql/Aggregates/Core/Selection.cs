namespace Snowplow.Kql.Aggregates.Core;

/// <summary>Finds the value of a rank without sorting the others: quickselect, which ends in a sort where its luck does.</summary>
internal static class Selection
{
    private const int Few = 64;

    /// <summary>Puts the value that would be at a rank, were they sorted, there; lesser ones are below it then, and greater ones above.</summary>
    /// <param name="values">The values; NaN is the least.</param>
    /// <param name="low">From where on they are to be looked at: all below are at most as great.</param>
    /// <param name="rank">The rank, from 0.</param>
    public static void Select<T>(T[] values, int low, int rank)
        where T : IComparable<T>
    {
        var high = values.Length - 1;
        for (var rounds = 0; high - low > Few; rounds++)
        {
            if (rounds > Few) break;
            var pivot = Median(values[low], values[low + ((high - low) >> 1)], values[high]);
            var (i, j) = (low, high);
            while (i <= j)
            {
                while (values[i].CompareTo(pivot) < 0) i++;
                while (values[j].CompareTo(pivot) > 0) j--;
                if (i > j) break;
                (values[i], values[j]) = (values[j], values[i]);
                i++;
                j--;
            }

            if (rank <= j) high = j;
            else if (rank >= i) low = i;
            else return;
        }

        Array.Sort(values, low, high - low + 1);
    }

    private static T Median<T>(T a, T b, T c)
        where T : IComparable<T>
    {
        if (a.CompareTo(b) > 0) (a, b) = (b, a);
        return c.CompareTo(a) < 0 ? a : c.CompareTo(b) > 0 ? b : c;
    }
}
