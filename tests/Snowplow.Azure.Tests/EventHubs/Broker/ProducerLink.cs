using Microsoft.Azure.Amqp;
using Microsoft.Azure.Amqp.Framing;

namespace Snowplow.Azure.Tests.EventHubs.Broker;

/// <summary>A link over which events come into a partition.</summary>
internal sealed class ProducerLink(HubBroker broker, ReceivingAmqpLink link, BrokerPartition partition)
{
    public void Listen() => link.RegisterMessageListener(OnTransfer);

    private void OnTransfer(AmqpMessage message)
    {
        switch (broker.Fate(partition))
        {
            case TransferFate.Accept:
                Take(message);
                break;
            case TransferFate.Hold:
                broker.Hold(() => Take(message));
                break;
            case TransferFate.Busy:
                Reject(message, "com.microsoft:server-busy", "The request was terminated because the namespace raw is being throttled.");
                break;
            case TransferFate.Refuse:
                Reject(message, AmqpErrorCode.UnauthorizedAccess.Value, "Unauthorized access. 'Send' claim is required.");
                break;
            case TransferFate.StoreAndDrop:
                partition.Append(StoredEvent.Of(message));
                link.Session.Connection.Abort();
                break;
            case TransferFate.Drop:
                link.Session.Connection.Abort();
                break;
        }
    }

    private void Take(AmqpMessage message)
    {
        partition.Append(StoredEvent.Of(message));
        link.DisposeMessage(message, AmqpConstants.AcceptedOutcome, settled: true, batchable: false);
        message.Dispose();
    }

    private void Reject(AmqpMessage message, string condition, string description) =>
        link.DisposeMessage(message, new Rejected { Error = new Error { Condition = condition, Description = description } }, settled: true, batchable: false);
}
