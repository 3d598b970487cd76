namespace Snowplow.Events.Collector;

/// <summary>Field ids of <c>CollectorPayload</c> on the wire (library <c>collector-payload-1</c>, but for the last three).</summary>
internal static class ThriftField
{
    public const short IpAddress = 100;
    public const short Timestamp = 200;
    public const short Encoding = 210;
    public const short Collector = 220;
    public const short UserAgent = 300;
    public const short RefererUri = 310;
    public const short Path = 320;
    public const short Querystring = 330;
    public const short Body = 340;
    public const short Headers = 350;
    public const short ContentType = 360;
    public const short Hostname = 400;
    public const short NetworkUserId = 410;
    public const short Schema = 31337;

    // Not Snowplow's: see CollectorPayload.ExceededLimitBytes.
    public const short ExceededLimit = 32000;

    // Not Snowplow's: see CollectorPayload.IsForget.
    public const short Forget = 32001;

    // Not Snowplow's: see CollectorPayload.CutFromBytes.
    public const short CutFrom = 32002;
}
