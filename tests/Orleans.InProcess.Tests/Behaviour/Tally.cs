namespace Orleans.Behaviour;

public sealed class Tally
{
    public int Value { get; set; }
}
