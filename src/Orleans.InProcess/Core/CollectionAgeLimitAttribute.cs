namespace Orleans;

/// <summary>How long an activation of this grain class may be idle before it is collected; at least a minute.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class CollectionAgeLimitAttribute : Attribute
{
    /// <summary>The shortest limit there is.</summary>
    public static readonly TimeSpan MinAgeLimit = TimeSpan.FromMinutes(1);

    /// <summary>Days, added to hours and minutes.</summary>
    public double Days { get; set; }

    /// <summary>Hours, added to days and minutes.</summary>
    public double Hours { get; set; }

    /// <summary>Minutes, added to days and hours.</summary>
    public double Minutes { get; set; }

    /// <summary>Activations are never collected as idle.</summary>
    public bool AlwaysActive { get; set; }

    /// <summary>The limit that results.</summary>
    public TimeSpan AgeLimit
    {
        get
        {
            if (AlwaysActive) return TimeSpan.FromDays(short.MaxValue);
            var limit = TimeSpan.FromDays(Days) + TimeSpan.FromHours(Hours) + TimeSpan.FromMinutes(Minutes);
            return limit < MinAgeLimit ? MinAgeLimit : limit;
        }
    }
}
