namespace Snowplow.Silo.Simulate;

/// <summary>
/// Writes self-describing events in their envelope, as <c>ue_px</c> holds them, in the schemas of Iglu Central.
/// Each result is valid until the next event is written.
/// </summary>
internal sealed class EventWriter
{
    private readonly Utf8Buffer _json = new();

    /// <summary>A click on a link.</summary>
    public Utf8Buffer LinkClick(ReadOnlySpan<byte> targetUrl)
    {
        Begin();
        _json.Append($$$"""{"schema":"iglu:com.snowplowanalytics.snowplow/link_click/jsonschema/1-0-1","data":{"targetUrl":"{{{targetUrl}}}","elementId":"","elementClasses":["nav-link"],"elementTarget":""}}""");
        return End();
    }

    /// <summary>A product put into the cart, in the form that precedes the e-commerce plugin.</summary>
    public Utf8Buffer AddToCart(Product product, int quantity)
    {
        Begin();
        _json.Append($$$"""{"schema":"iglu:com.snowplowanalytics.snowplow/add_to_cart/jsonschema/1-0-0","data":{"sku":"{{{product.Sku}}}","name":"{{{product.Name}}}","category":"{{{product.Category}}}","unitPrice":{{{product.Price}}},"quantity":{{{quantity}}},"currency":"EUR"}}""");
        return End();
    }

    /// <summary>An action of the e-commerce plugin: <c>product_view</c>, <c>add_to_cart</c>, <c>transaction</c>, …</summary>
    public Utf8Buffer EcommerceAction(string type)
    {
        Begin();
        _json.Append($$$"""{"schema":"iglu:com.snowplowanalytics.snowplow.ecommerce/snowplow_ecommerce_action/jsonschema/1-0-2","data":{"type":"{{{type}}}"}}""");
        return End();
    }

    /// <summary>A screen of an app.</summary>
    public Utf8Buffer ScreenView(Guid screenId, string name)
    {
        Begin();
        _json.Append($$$"""{"schema":"iglu:com.snowplowanalytics.mobile/screen_view/jsonschema/1-0-0","data":{"id":"{{{screenId}}}","name":"{{{name}}}"}}""");
        return End();
    }

    private void Begin()
    {
        _json.Clear();
        _json.Append("""{"schema":"iglu:com.snowplowanalytics.snowplow/unstruct_event/jsonschema/1-0-0","data":"""u8);
    }

    private Utf8Buffer End()
    {
        _json.Append("}"u8);
        return _json;
    }
}
