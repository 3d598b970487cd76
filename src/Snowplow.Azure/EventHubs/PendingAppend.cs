using Azure.Messaging.EventHubs;

namespace Snowplow.Azure.EventHubs;

/// <summary>A record on its way to the hub, and the task that tells of its end.</summary>
internal sealed class PendingAppend : TaskCompletionSource
{
    /// <summary>
    /// Copies the payload into memory of its own, which nobody uses again: the caller may reuse his as soon as his wait has ended, while
    /// the client may still write the bytes of an attempt that it has given up, even when the hub has acknowledged a later one.
    /// </summary>
    public PendingAppend(Guid payloadId, ReadOnlyMemory<byte> payload)
        : base(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        PayloadSizeBytes = payload.Length;
        Event = RecordEvent.Write(payloadId, payload.ToArray());
    }

    public EventData Event { get; }

    public int PayloadSizeBytes { get; }

    /// <summary>About what it takes of the memory that records on their way may take.</summary>
    public int SizeBytes => SizeOf(PayloadSizeBytes);

    /// <summary>The same of a payload of so many bytes.</summary>
    public static int SizeOf(int payloadSizeBytes) => payloadSizeBytes + RecordEvent.MaxOverhead;

    /// <summary>The hub has it.</summary>
    public void Stored() => SetResult();

    /// <summary>It is not, or not certainly, stored.</summary>
    public void Failed(Exception cause) => SetException(cause);
}
