using System.Text;

namespace Snowplow.Silo.Simulate;

/// <summary>The shop's app with a native tracker: screen views and structured events, always with the session entity.</summary>
internal sealed class AppVisitor : Visitor
{
    private static readonly string[] Screens = ["Home", "Category", "Product", "Search", "Favourites", "Account"];

    private readonly ClientSession _session;
    private readonly byte[] _standing;
    private readonly byte[] _device;
    private readonly bool _returns;
    private Guid _screenId;
    private string _screen = Screens[0];
    private int _stepsLeft;

    public AppVisitor(VisitorContext shared, Phone phone, Client client, bool isGet, SeededRandom random)
        : base(shared, client, isGet, random)
    {
        var region = Random.Pick<Region>(Devices.Regions);
        _returns = Random.Chance(0.6);
        _session = new ClientSession { UserId = Random.NextGuid(), Storage = "SQLITE" };
        _device = Encoding.UTF8.GetBytes(
            $$$"""{"schema":"iglu:com.snowplowanalytics.snowplow/mobile_context/jsonschema/1-0-3","data":{"osType":"{{{phone.OsType}}}","osVersion":"{{{phone.OsVersion}}}","deviceManufacturer":"{{{phone.Manufacturer}}}","deviceModel":"{{{phone.Model}}}","networkType":"wifi"}}""");
        _standing = TrackerRequest.Render(isGet, request =>
        {
            request.Add("tv"u8, Encoding.UTF8.GetBytes(phone.TrackerVersion));
            request.Add("tna"u8, "app"u8);
            request.Add("aid"u8, shared.AppId);
            request.Add("p"u8, "mob"u8);
            request.Add("lang"u8, Encoding.UTF8.GetBytes(region.Language));
            request.Add("tz"u8, Encoding.UTF8.GetBytes(region.TimeZone));
            request.Add("res"u8, Encoding.UTF8.GetBytes($"{phone.Width}x{phone.Height}"));
        });
    }

    /// <summary>A visitor with one of the phones.</summary>
    public static AppVisitor Create(VisitorContext shared, bool isGet, SeededRandom random)
    {
        var phone = random.Pick<Phone>(Devices.Phones);
        return new AppVisitor(shared, phone, new Client(phone.UserAgent, Devices.Address(ref random), null, null, false), isGet, random);
    }

    /// <inheritdoc/>
    protected override long? Step(long now)
    {
        if (_stepsLeft == 0)
        {
            _session.Renew(Random.NextGuid());
            _stepsLeft = 2 + (int)Random.NextExponential(8);
        }

        var eventId = Random.NextGuid();
        _session.Count(eventId, Shared.Timeline.DeviceTime(now));
        var request = _session.EventIndex == 1 || Random.Chance(0.75) ? ScreenView(eventId, now) : Tap(eventId, now);
        request.AddRendered(_standing);
        request.AddBase64("cx"u8, Shared.Entities.Begin().ClientSession(_session).Rendered(_device).Screen(_screenId, _screen).End());
        EndEvent(request);
        if (--_stepsLeft > 0)
            return Random.Next(2000, 25_000);
        Flush();
        return _returns ? 1_860_000 + (long)Random.NextExponential(3 * 3_600_000) : null;
    }

    private TrackerRequest ScreenView(Guid eventId, long now)
    {
        _screenId = Random.NextGuid();
        _screen = Random.Pick<string>(Screens);
        var request = BeginEvent("ue"u8, eventId, now);
        request.AddBase64("ue_px"u8, Shared.Events.ScreenView(_screenId, _screen));
        return request;
    }

    private TrackerRequest Tap(Guid eventId, long now)
    {
        var request = BeginEvent("se"u8, eventId, now);
        request.Add("se_ca"u8, "app"u8);
        request.Add("se_ac"u8, "tap"u8);
        request.Add("se_la"u8, Random.Chance(0.5) ? "favourite"u8 : "share"u8);
        return request;
    }
}
