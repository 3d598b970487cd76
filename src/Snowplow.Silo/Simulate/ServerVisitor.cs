using System.Text;

namespace Snowplow.Silo.Simulate;

/// <summary>A back office with the Node tracker: events of one customer each, known by user id, without a session.</summary>
internal sealed class ServerVisitor : Visitor
{
    private readonly byte[] _standing;
    private int _stepsLeft;

    public ServerVisitor(VisitorContext shared, int number, Client client, bool isGet, SeededRandom random)
        : base(shared, client, isGet, random)
    {
        _stepsLeft = 1 + (int)Random.NextExponential(10);
        _standing = TrackerRequest.Render(isGet, request =>
        {
            request.Add("tv"u8, "node-4.8.0"u8);
            request.Add("tna"u8, "backoffice"u8);
            request.Add("aid"u8, shared.AppId);
            request.Add("p"u8, "srv"u8);
            request.Add("uid"u8, Encoding.UTF8.GetBytes($"customer-{number:D6}"));
        });
    }

    /// <summary>A server at some address.</summary>
    public static ServerVisitor Create(VisitorContext shared, int number, bool isGet, SeededRandom random) =>
        new(shared, number, new Client("node", Devices.Address(ref random), null, null, false), isGet, random);

    /// <inheritdoc/>
    protected override long? Step(long now)
    {
        var eventId = Random.NextGuid();
        if (Random.Chance(0.7))
        {
            var request = BeginEvent("se"u8, eventId, now);
            request.Add("se_ca"u8, "order"u8);
            request.Add("se_ac"u8, Random.Chance(0.5) ? "paid"u8 : "shipped"u8);
            request.Add("se_va"u8, new Money(Random.Next(2000, 40_000)));
            Finish(request);
        }
        else
        {
            var request = BeginEvent("ue"u8, eventId, now);
            request.AddBase64("ue_px"u8, Shared.Events.AddToCart(Random.Pick<Product>(Shop.Products), 1));
            Finish(request);
        }

        if (--_stepsLeft > 0)
            return 1000 + (long)Random.NextExponential(120_000);
        Flush();
        return null;
    }

    private void Finish(TrackerRequest request)
    {
        request.AddRendered(_standing);
        EndEvent(request);
    }
}
