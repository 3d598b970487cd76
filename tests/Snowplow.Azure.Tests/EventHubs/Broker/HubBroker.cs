using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Microsoft.Azure.Amqp;
using Microsoft.Azure.Amqp.Framing;
using Microsoft.Azure.Amqp.Sasl;
using Microsoft.Azure.Amqp.Transport;
using Snowplow.Azure.EventHubs;

namespace Snowplow.Azure.Tests.EventHubs.Broker;

/// <summary>
/// A small Event Hubs with a hub of raw records and one of the live feed, which the real client speaks AMQP to over a socket: tokens, properties, batches, receivers with
/// filters, credit and owner levels. What the real service does on a bad day it does when told to.
/// </summary>
internal sealed class HubBroker : IRuntimeProvider, IAsyncDisposable
{
    private const string HubName = "raw";
    private const string LiveHubName = "live";

    private readonly ConcurrentDictionary<AmqpConnection, bool> _connections = new();
    private readonly ConcurrentDictionary<string, SendingAmqpLink> _replies = new();
    private readonly ConcurrentQueue<Action> _held = new();
    private readonly Lock _gate = new();
    private readonly int _port = FreePort();
    private AmqpConnectionListener? _listener;

    public HubBroker(int partitions)
    {
        Hub = new BrokerHub(HubName, partitions, DateTime.UtcNow);
        Start();
    }

    /// <summary>The hub as it is now.</summary>
    public BrokerHub Hub { get; private set; }

    /// <summary>The hub of the live feed.</summary>
    public BrokerHub LiveHub { get; } = new(LiveHubName, 2, DateTime.UtcNow);

    /// <summary>How many transfers are held.</summary>
    public int Held => _held.Count;

    /// <summary>How many were held at one time at most.</summary>
    public int MostHeld { get; private set; }

    /// <summary>Bytes that a message may have.</summary>
    public ulong MaxMessageBytes { get; set; } = 1 << 20;

    /// <summary>What becomes of the transfers that come.</summary>
    public Func<BrokerPartition, TransferFate> Fate { get; set; } = _ => TransferFate.Accept;

    /// <summary>With which error links are refused; null takes them.</summary>
    public Func<string, AmqpException?> Refusal { get; set; } = _ => null;

    public EventHubsOptions Options => new()
    {
        Hub = HubName, ConnectionString = $"Endpoint=sb://127.0.0.1:{_port};SharedAccessKeyName=any;SharedAccessKey=any;UseDevelopmentEmulator=true",
    };

    public void Start()
    {
        var sasl = new SaslTransportProvider();
        sasl.Versions.Add(AmqpConstants.DefaultProtocolVersion);
        sasl.AddHandler(new SaslAnonymousHandler("MSSBCBS"));
        var settings = new AmqpSettings { RuntimeProvider = this };
        settings.TransportProviders.Add(sasl);
        var listener = new AmqpConnectionListener([$"amqp://127.0.0.1:{_port}"], settings, new AmqpConnectionSettings { ContainerId = "broker", MaxFrameSize = 64 << 10 });
        listener.Open();
        _listener = listener;
    }

    /// <summary>Nobody answers any more.</summary>
    public void Stop()
    {
        Interlocked.Exchange(ref _listener, null)?.Close();
        DropConnections();
    }

    /// <summary>Cuts all connections, as a network does.</summary>
    public void DropConnections()
    {
        foreach (var connection in _connections.Keys) connection.Abort();
        _connections.Clear();
    }

    /// <summary>Deletes the hub and makes it anew under its name.</summary>
    public void Recreate() => Hub = new BrokerHub(HubName, Hub.Partitions.Count, Hub.CreatedOn.AddSeconds(1));

    /// <summary>Takes in what was held.</summary>
    public void Release()
    {
        while (_held.TryDequeue(out var take)) take();
    }

    public ValueTask DisposeAsync()
    {
        Stop();
        return ValueTask.CompletedTask;
    }

    AmqpConnection IConnectionFactory.CreateConnection(
        TransportBase transport, ProtocolHeader protocolHeader, bool isInitiator, AmqpSettings amqpSettings, AmqpConnectionSettings connectionSettings)
    {
        var connection = new AmqpConnection(transport, protocolHeader, isInitiator, amqpSettings, connectionSettings);
        _connections[connection] = true;
        connection.Closed += (_, _) => _connections.TryRemove(connection, out var _);
        return connection;
    }

    AmqpSession ISessionFactory.CreateSession(AmqpConnection connection, AmqpSessionSettings settings) => throw new NotSupportedException();

    AmqpLink ILinkFactory.CreateLink(AmqpSession session, AmqpLinkSettings settings)
    {
        if (settings.Role == false) return new SendingAmqpLink(session, settings);
        settings.MaxMessageSize = MaxMessageBytes;
        return new ReceivingAmqpLink(session, settings);
    }

    IAsyncResult ILinkFactory.BeginOpenLink(AmqpLink link, TimeSpan timeout, AsyncCallback callback, object state)
    {
        var address = (link.IsReceiver ? ((Target)link.Settings.Target).Address : ((Source)link.Settings.Source).Address).ToString()!.Trim('/');
        if (Refusal(address) is { } refusal) throw refusal;
        var path = address.Split('/');
        switch (link)
        {
            case ReceivingAmqpLink requests when address.StartsWith('$'):
                requests.RegisterMessageListener(request => Answer(request, address));
                break;
            case SendingAmqpLink replies when address.StartsWith('$'):
                _replies[((Target)replies.Settings.Target).Address.ToString()!] = replies;
                break;
            case ReceivingAmqpLink producer:
                // A link to the hub itself, where the service would choose by the partition key.
                new ProducerLink(this, producer, Find(path[0]).Partitions[path is [_, "Partitions", var to] ? int.Parse(to) : 0]).Listen();
                break;
            case SendingAmqpLink consumer:
                ConsumerLink.Attach(consumer, path[2], Find(path[0]).Partitions[int.Parse(path[4])]);
                break;
        }

        var opened = new TaskCompletionSource(state);
        opened.SetResult();
        callback(opened.Task);
        return opened.Task;
    }

    void ILinkFactory.EndOpenLink(IAsyncResult result)
    {
    }

    /// <summary>Keeps what is to be done until <see cref="Release"/>.</summary>
    public void Hold(Action take)
    {
        lock (_gate)
        {
            _held.Enqueue(take);
            MostHeld = Math.Max(MostHeld, _held.Count);
        }
    }

    private void Answer(AmqpMessage request, string address)
    {
        var reply = address == "$cbs" ? Management.Accepted() : Management.Read([Hub, LiveHub], request);
        reply.Properties.CorrelationId = request.Properties.MessageId;
        if (_replies.TryGetValue(request.Properties.ReplyTo.ToString()!, out var link)) link.SendMessageNoWait(reply, Tags.Next(), AmqpConstants.NullBinary);
    }

    private BrokerHub Find(string hub) => hub == HubName ? Hub : hub == LiveHubName ? LiveHub
        : throw new AmqpException(AmqpErrorCode.NotFound, $"The messaging entity '{hub}' could not be found.");

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
