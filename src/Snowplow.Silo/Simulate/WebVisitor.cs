namespace Snowplow.Silo.Simulate;

/// <summary>
/// A browser with the JavaScript tracker in the shop: lands on a page, reads (page pings), clicks on, now and then
/// puts something into the cart and buys it, and perhaps comes back hours later in a new session.
/// </summary>
internal sealed class WebVisitor : Visitor
{
    private const int PingInterval = 10_000;
    private const int MostLingeringPings = 9;
    private const double MeanHoursAway = 2;

    private readonly WebTracker _tracker;
    private readonly Basket _basket = new();
    private readonly bool _returns;
    private readonly bool _usesLegacyEcommerce;

    private WebStep _next = WebStep.Land;
    private Page _page = Shop.Home;
    private Page _target = Shop.Home;
    private int _pagesLeft;
    private int _pingsLeft;
    private int _lingeringPings;

    public WebVisitor(VisitorContext shared, WebIdentity identity, bool isGet, SeededRandom random)
        : base(shared, identity.Client, isGet, random)
    {
        _returns = Random.Chance(0.4);
        _usesLegacyEcommerce = Random.Chance(0.25);
        _tracker = new WebTracker(shared, identity, isGet);
    }

    /// <inheritdoc/>
    protected override long? Step(long now)
    {
        var eventId = Random.NextGuid();
        _tracker.Count(_next == WebStep.Land, eventId, now, ref Random);
        switch (_next)
        {
            case WebStep.Land:
                Land();
                return View(eventId, now);
            case WebStep.View:
                _tracker.Navigate(Random.NextGuid(), _target);
                _page = _target;
                return View(eventId, now);
            case WebStep.Ping:
                return Ping(eventId, now);
            case WebStep.Click:
                Write(_tracker.LinkClick(BeginEvent("ue"u8, eventId, now), _target));
                return Then(WebStep.View, Random.Next(150, 900));
            case WebStep.Search:
                Write(_tracker.Struct(BeginEvent("se"u8, eventId, now), ref Random));
                return Then(WebStep.Ping, Random.Next(1000, PingInterval));
            case WebStep.ProductView:
                Write(_tracker.ProductView(BeginEvent("ue"u8, eventId, now), _page.Product!));
                return ReadOn();
            case WebStep.AddToCart:
                _basket.Add(_page.Product!, Random.Next(1, 3));
                Write(_tracker.AddToCart(BeginEvent("ue"u8, eventId, now), _basket.Lines[^1], _usesLegacyEcommerce));
                return Then(WebStep.Ping, Random.Next(1000, PingInterval));
            case WebStep.CheckoutStep:
                Write(_tracker.CheckoutStep(BeginEvent("ue"u8, eventId, now)));
                return Random.Chance(0.65) ? Confirm() : Leave();
            case WebStep.Purchase:
                _basket.Order(Random.Next(100_000, 1_000_000));
                Write(_tracker.Purchase(BeginEvent("ue"u8, eventId, now), _basket));
                return Leave();
            case WebStep.LegacyOrder:
                _basket.Order(Random.Next(100_000, 1_000_000));
                Write(_tracker.LegacyOrder(BeginEvent("tr"u8, eventId, now), _basket));
                return Then(WebStep.LegacyItem, 0);
            case WebStep.LegacyItem:
                Write(_tracker.LegacyItem(BeginEvent("ti"u8, eventId, now), _basket));
                return _basket.TakeLine() ? Then(WebStep.LegacyItem, 0) : Leave();
            default:
                throw new InvalidOperationException($"A visitor cannot act on {_next}.");
        }
    }

    private void Land()
    {
        var arrival = Arrival.Random(ref Random);
        _tracker.Land(Random.NextGuid(), arrival);
        _page = arrival.Page;
        _basket.Clear();
        _lingeringPings = 0;
        _pagesLeft = Random.Chance(0.3) ? 0 : 1 + (int)Random.NextExponential(4);
    }

    private long? View(Guid eventId, long now)
    {
        Write(_tracker.PageView(BeginEvent("pv"u8, eventId, now)));
        _pingsLeft = (int)Random.NextExponential(_page.Kind == PageKind.Article ? 6 : 2.5);
        return _page.Kind switch
        {
            PageKind.Product when !_usesLegacyEcommerce => Then(WebStep.ProductView, 20),
            PageKind.Checkout => Then(WebStep.CheckoutStep, Random.Next(5000, 40_000)),
            PageKind.Confirmation => Then(_usesLegacyEcommerce ? WebStep.LegacyOrder : WebStep.Purchase, 50),
            _ => ReadOn(),
        };
    }

    private long? Ping(Guid eventId, long now)
    {
        Write(_tracker.PagePing(BeginEvent("pp"u8, eventId, now), ref Random));
        return ReadOn();
    }

    private long? ReadOn()
    {
        if (_pingsLeft-- > 0)
            return Then(WebStep.Ping, PingInterval);
        if (_pagesLeft-- <= 0)
            return Leave();
        if (_page.Product is not null && Random.Chance(0.2))
            return Then(WebStep.AddToCart, Random.Next(2000, 8000));
        if (Random.Chance(0.1))
            return Then(WebStep.Search, Random.Next(2000, 8000));
        _target = !_basket.IsEmpty && Random.Chance(0.5) ? Shop.Checkout : Shop.Wander(ref Random);
        return Then(WebStep.Click, Random.Next(1000, 9000));
    }

    private long? Confirm()
    {
        _target = Shop.Confirmation;
        return Then(WebStep.View, Random.Next(1000, 4000));
    }

    /// <summary>
    /// Ends the visit. The last page stays open for some more pings while the tracker's request is not full, so that
    /// requests hold the number of events asked for; then the page is closed and the tracker sends what it has.
    /// </summary>
    private long? Leave()
    {
        if (PendingEvents > 0 && _lingeringPings++ < MostLingeringPings)
        {
            _pingsLeft = 0;
            _pagesLeft = 0;
            return Then(WebStep.Ping, PingInterval);
        }

        Flush();
        if (!_returns)
            return null;
        return Then(WebStep.Land, 1_860_000 + (long)Random.NextExponential(MeanHoursAway * 3_600_000));
    }

    private long Then(WebStep step, long delay)
    {
        _next = step;
        return delay;
    }

    private void Write(TrackerRequest request) => EndEvent(request);
}

/// <summary>What a visitor of the shop does next.</summary>
internal enum WebStep { Land, View, Ping, Click, Search, ProductView, AddToCart, CheckoutStep, Purchase, LegacyOrder, LegacyItem }
