namespace Snowplow.Silo.Simulate;

/// <summary>A product in a basket and how many of it.</summary>
internal readonly record struct BasketLine(Product Product, int Quantity);

/// <summary>What a visitor has put into the cart, and the order made of it.</summary>
internal sealed class Basket
{
    private readonly List<BasketLine> _lines = [];

    /// <summary>The products, in the order they were put in; at most five.</summary>
    public IReadOnlyList<BasketLine> Lines => _lines;

    /// <summary>True when nothing is in it.</summary>
    public bool IsEmpty => _lines.Count == 0;

    /// <summary>Number of the order; 0 before it is made.</summary>
    public int OrderId { get; private set; }

    /// <summary>What the order's products cost together.</summary>
    public Money Total => _lines.Aggregate(default(Money), (sum, line) => sum + (line.Product.Price * line.Quantity));

    /// <summary>How many things are ordered.</summary>
    public int Quantity => _lines.Sum(line => line.Quantity);

    /// <summary>What shipping costs.</summary>
    public static Money Shipping => new(490);

    /// <summary>Puts a product in; the sixth replaces the oldest.</summary>
    public void Add(Product product, int quantity)
    {
        if (_lines.Count == 5)
            _lines.RemoveAt(0);
        _lines.Add(new BasketLine(product, quantity));
    }

    /// <summary>Makes the order.</summary>
    public void Order(int orderId) => OrderId = orderId;

    /// <summary>Takes out the first line; true while lines are left.</summary>
    public bool TakeLine()
    {
        _lines.RemoveAt(0);
        return _lines.Count > 0;
    }

    /// <summary>Empties it.</summary>
    public void Clear()
    {
        _lines.Clear();
        OrderId = 0;
    }
}
