namespace Snowplow.Enrich.Enrichments.Iab;

/// <summary>What the lists say of a visitor, in the words of the entity's schema.</summary>
/// <param name="IsRobot">Whether it is a spider or robot.</param>
/// <param name="Category">What it is.</param>
/// <param name="Reason">The check that decided.</param>
/// <param name="Impact">What its visits falsify.</param>
internal readonly record struct IabVerdict(bool IsRobot, string Category, string Reason, string Impact)
{
    /// <summary>A person's browser.</summary>
    public static readonly IabVerdict Browser = new(false, "BROWSER", "PASSED_ALL", "NONE");

    /// <summary>Its address is a robot's.</summary>
    public static readonly IabVerdict RobotAddress = new(true, "SPIDER_OR_ROBOT", "FAILED_IP_EXCLUDE", "UNKNOWN");

    /// <summary>It is none of the browsers.</summary>
    public static readonly IabVerdict NoBrowser = new(true, "SPIDER_OR_ROBOT", "FAILED_UA_INCLUDE", "UNKNOWN");

    /// <summary>It is one of the robots.</summary>
    /// <param name="record">The line that names it.</param>
    /// <param name="isActive">Whether the line held at the time.</param>
    public static IabVerdict Robot(IabRecord record, bool isActive) =>
        new(true, isActive ? "ACTIVE_SPIDER_OR_ROBOT" : "INACTIVE_SPIDER_OR_ROBOT", "FAILED_UA_EXCLUDE", record.Impact);
}
