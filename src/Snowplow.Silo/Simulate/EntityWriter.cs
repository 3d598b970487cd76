namespace Snowplow.Silo.Simulate;

/// <summary>Writes the entities (contexts) of one event at a time, in the schemas of Iglu Central.</summary>
internal sealed class EntityWriter
{
    private readonly Utf8Buffer _json = new();
    private bool _isFirst;

    /// <summary>Begins the array of entities.</summary>
    public EntityWriter Begin()
    {
        _json.Clear();
        _json.Append("""{"schema":"iglu:com.snowplowanalytics.snowplow/contexts/jsonschema/1-0-0","data":["""u8);
        _isFirst = true;
        return this;
    }

    /// <summary>The page view that the event belongs to.</summary>
    public EntityWriter WebPage(Guid pageViewId)
    {
        Next();
        _json.Append($$$"""{"schema":"iglu:com.snowplowanalytics.snowplow/web_page/jsonschema/1-0-0","data":{"id":"{{{pageViewId}}}"}}""");
        return this;
    }

    /// <summary>The tracker's session, and the event's number in it.</summary>
    public EntityWriter ClientSession(ClientSession session)
    {
        Next();
        _json.Append($$$"""{"schema":"iglu:com.snowplowanalytics.snowplow/client_session/jsonschema/1-0-2","data":{"userId":"{{{session.UserId}}}","sessionId":"{{{session.Id}}}","sessionIndex":{{{session.Index}}},"eventIndex":{{{session.EventIndex}}},"storageMechanism":"{{{session.Storage}}}","firstEventId":"{{{session.FirstEventId}}}","firstEventTimestamp":"{{{session.FirstEventTime:yyyy-MM-ddTHH:mm:ss.fffZ}}}","previousSessionId":""");
        if (session.PreviousId is { } previous)
            _json.Append($"\"{previous}\"}}}}");
        else
            _json.Append("null}}"u8);
        return this;
    }

    /// <summary>A product that is looked at, put into the cart or bought.</summary>
    public EntityWriter Product(Product product, int? quantity)
    {
        Next();
        _json.Append($$$"""{"schema":"iglu:com.snowplowanalytics.snowplow.ecommerce/product/jsonschema/1-0-0","data":{"id":"{{{product.Sku}}}","name":"{{{product.Name}}}","category":"{{{product.Category}}}","price":{{{product.Price}}},"currency":"EUR""");
        if (quantity is { } count)
            _json.Append($"\",\"quantity\":{count}}}}}");
        else
            _json.Append("\"}}"u8);
        return this;
    }

    /// <summary>An order.</summary>
    public EntityWriter Transaction(int orderId, Money revenue, Money shipping, int quantity)
    {
        Next();
        _json.Append($$$"""{"schema":"iglu:com.snowplowanalytics.snowplow.ecommerce/transaction/jsonschema/1-0-0","data":{"transaction_id":"T-{{{orderId}}}","revenue":{{{revenue}}},"currency":"EUR","payment_method":"card","total_quantity":{{{quantity}}},"shipping":{{{shipping}}}}}""");
        return this;
    }

    /// <summary>The screen of an app.</summary>
    public EntityWriter Screen(Guid screenId, string name)
    {
        Next();
        _json.Append($$$"""{"schema":"iglu:com.snowplowanalytics.mobile/screen/jsonschema/1-0-0","data":{"id":"{{{screenId}}}","name":"{{{name}}}"}}""");
        return this;
    }

    /// <summary>An entity rendered before, complete with its schema.</summary>
    public EntityWriter Rendered(ReadOnlySpan<byte> entity)
    {
        Next();
        _json.Append(entity);
        return this;
    }

    /// <summary>Ends the array; the result is valid until the next <see cref="Begin"/>.</summary>
    public Utf8Buffer End()
    {
        _json.Append("]}"u8);
        return _json;
    }

    private void Next()
    {
        if (!_isFirst)
            _json.Append(","u8);
        _isFirst = false;
    }
}
