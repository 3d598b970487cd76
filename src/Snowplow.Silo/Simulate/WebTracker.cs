using System.Text;

namespace Snowplow.Silo.Simulate;

/// <summary>
/// Writes a browser's events as the JavaScript tracker 4 does: parameters that last as long as the browser or the
/// session are rendered once and copied into each event.
/// </summary>
internal sealed class WebTracker(VisitorContext shared, WebIdentity identity, bool isGet)
{
    private const int DocumentHeight = 2400;

    private readonly ClientSession _session = new()
    {
        UserId = identity.Tracking == Tracking.Cookies ? identity.DomainUserId : Guid.Empty,
        Storage = "COOKIE_1",
    };

    private byte[] _standing = [];
    private byte[] _url = [];
    private byte[] _referrer = [];
    private byte[] _title = [];
    private Guid _pageViewId;
    private int _scrollOffset;

    /// <summary>Counts an event of the session, which is a new one when the visitor lands.</summary>
    public void Count(bool isNewSession, Guid eventId, long now, ref SeededRandom random)
    {
        if (isNewSession)
        {
            _session.Renew(random.NextGuid());
            _standing = RenderStanding();
        }

        _session.Count(eventId, shared.Timeline.DeviceTime(now));
    }

    /// <summary>Opens the first page of a visit.</summary>
    public void Land(Guid pageViewId, Arrival arrival)
    {
        Open(pageViewId, arrival.Page, Encoding.UTF8.GetBytes(arrival.Url));
        _referrer = arrival.Referrer is null ? [] : Encoding.UTF8.GetBytes(arrival.Referrer);
    }

    /// <summary>Goes from the current page to another one.</summary>
    public void Navigate(Guid pageViewId, Page page)
    {
        _referrer = _url;
        Open(pageViewId, page, page.UrlBytes);
    }

    /// <summary>A page view.</summary>
    public TrackerRequest PageView(TrackerRequest request)
    {
        request.Add("page"u8, _title);
        return Complete(request, Entities());
    }

    /// <summary>A page ping: still reading, perhaps a bit further down.</summary>
    public TrackerRequest PagePing(TrackerRequest request, ref SeededRandom random)
    {
        var lowest = Math.Min(_scrollOffset + random.Next(400), DocumentHeight - 300);
        request.Add("page"u8, _title);
        request.Add("pp_mix"u8, 0);
        request.Add("pp_max"u8, 0);
        request.Add("pp_miy"u8, _scrollOffset);
        request.Add("pp_may"u8, Math.Max(lowest, _scrollOffset));
        _scrollOffset = Math.Max(lowest, _scrollOffset);
        return Complete(request, Entities());
    }

    /// <summary>A click on a link to another page of the shop.</summary>
    public TrackerRequest LinkClick(TrackerRequest request, Page target) =>
        SelfDescribing(request, shared.Events.LinkClick(target.UrlBytes), Entities());

    /// <summary>A structured event: a search on the site, or a use of one of its tools.</summary>
    public TrackerRequest Struct(TrackerRequest request, ref SeededRandom random)
    {
        ReadOnlySpan<string> terms = ["warm jacket", "size 42", "gift card", "ultralight", "blå sekk"];
        request.Add("se_ca"u8, "search"u8);
        request.Add("se_ac"u8, random.Chance(0.7) ? "submit"u8 : "suggestion"u8);
        request.Add("se_la"u8, Encoding.UTF8.GetBytes(random.Pick(terms)));
        request.Add("se_pr"u8, "results"u8);
        request.Add("se_va"u8, random.Next(60));
        return Complete(request, Entities());
    }

    /// <summary>A look at a product, in the e-commerce plugin's form.</summary>
    public TrackerRequest ProductView(TrackerRequest request, Product product) =>
        SelfDescribing(request, shared.Events.EcommerceAction("product_view"), Entities().Product(product, null));

    /// <summary>A product put into the cart, in the e-commerce plugin's form or in the older one.</summary>
    public TrackerRequest AddToCart(TrackerRequest request, BasketLine line, bool isLegacy) => isLegacy
        ? SelfDescribing(request, shared.Events.AddToCart(line.Product, line.Quantity), Entities())
        : SelfDescribing(request, shared.Events.EcommerceAction("add_to_cart"), Entities().Product(line.Product, line.Quantity));

    /// <summary>The first step of the checkout.</summary>
    public TrackerRequest CheckoutStep(TrackerRequest request) =>
        SelfDescribing(request, shared.Events.EcommerceAction("checkout_step"), Entities());

    /// <summary>An order, in the e-commerce plugin's form.</summary>
    public TrackerRequest Purchase(TrackerRequest request, Basket basket)
    {
        var entities = Entities().Transaction(basket.OrderId, basket.Total + Basket.Shipping, Basket.Shipping, basket.Quantity);
        foreach (var line in basket.Lines)
            entities.Product(line.Product, line.Quantity);
        return SelfDescribing(request, shared.Events.EcommerceAction("transaction"), entities);
    }

    /// <summary>An order in the older form; its items follow as events of their own.</summary>
    public TrackerRequest LegacyOrder(TrackerRequest request, Basket basket)
    {
        request.Add("tr_id"u8, basket.OrderId);
        request.Add("tr_af"u8, "web"u8);
        request.Add("tr_tt"u8, basket.Total);
        request.Add("tr_sh"u8, Basket.Shipping);
        request.Add("tr_ci"u8, "Bergen"u8);
        request.Add("tr_co"u8, "Norway"u8);
        request.Add("tr_cu"u8, "EUR"u8);
        return Complete(request, Entities());
    }

    /// <summary>The basket's first line as an item of an order in the older form.</summary>
    public TrackerRequest LegacyItem(TrackerRequest request, Basket basket)
    {
        var (product, quantity) = basket.Lines[0];
        request.Add("ti_id"u8, basket.OrderId);
        request.Add("ti_sk"u8, Encoding.UTF8.GetBytes(product.Sku));
        request.Add("ti_nm"u8, Encoding.UTF8.GetBytes(product.Name));
        request.Add("ti_ca"u8, Encoding.UTF8.GetBytes(product.Category));
        request.Add("ti_pr"u8, product.Price);
        request.Add("ti_qu"u8, quantity);
        request.Add("ti_cu"u8, "EUR"u8);
        return Complete(request, Entities());
    }

    private void Open(Guid pageViewId, Page page, byte[] url)
    {
        _pageViewId = pageViewId;
        _url = url;
        _title = page.TitleBytes;
        _scrollOffset = 0;
    }

    private EntityWriter Entities()
    {
        var entities = shared.Entities.Begin().WebPage(_pageViewId);
        return identity.SendsSessionEntity ? entities.ClientSession(_session) : entities;
    }

    private TrackerRequest SelfDescribing(TrackerRequest request, Utf8Buffer @event, EntityWriter entities)
    {
        request.AddBase64("ue_px"u8, @event);
        return Complete(request, entities);
    }

    private TrackerRequest Complete(TrackerRequest request, EntityWriter entities)
    {
        request.AddRendered(_standing);
        request.Add("url"u8, _url);
        if (_referrer.Length > 0)
            request.Add("refr"u8, _referrer);
        request.AddBase64("cx"u8, entities.End());
        return request;
    }

    private byte[] RenderStanding() => TrackerRequest.Render(isGet, request =>
    {
        var browser = identity.Browser;
        request.Add("tv"u8, "js-4.10.1"u8);
        request.Add("tna"u8, "sp"u8);
        request.Add("aid"u8, shared.AppId);
        request.Add("p"u8, "web"u8);
        request.Add("cookie"u8, "1"u8);
        request.Add("cs"u8, "UTF-8"u8);
        request.Add("lang"u8, Encoding.UTF8.GetBytes(identity.Region.Language));
        request.Add("tz"u8, Encoding.UTF8.GetBytes(identity.Region.TimeZone));
        request.Add("cd"u8, browser.ColorDepth);
        request.Add("res"u8, Encoding.UTF8.GetBytes($"{browser.Width}x{browser.Height}"));
        request.Add("vp"u8, Encoding.UTF8.GetBytes($"{browser.Width}x{browser.Height - 120}"));
        request.Add("ds"u8, Encoding.UTF8.GetBytes($"{browser.Width}x{DocumentHeight}"));
        if (identity.Tracking == Tracking.Cookies)
            request.Add("duid"u8, identity.DomainUserId);
        if (identity.UserId is { } userId)
            request.Add("uid"u8, Encoding.UTF8.GetBytes(userId));
        if (identity.Tracking == Tracking.Anonymous)
            return;
        request.Add("sid"u8, _session.Id);
        request.Add("vid"u8, _session.Index);
    });
}
