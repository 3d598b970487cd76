using System.Buffers;
using Azure.Messaging.EventHubs;

namespace Snowplow.Azure.EventHubs;

/// <summary>A record on its way to the hub, and the task that tells of its end.</summary>
internal sealed class PendingAppend : TaskCompletionSource
{
    private readonly byte[] _buffer;

    /// <summary>Copies the payload: a send that was given up may still write bytes that the caller has reused.</summary>
    public PendingAppend(Guid payloadId, ReadOnlyMemory<byte> payload)
        : base(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        PayloadSizeBytes = payload.Length;
        _buffer = ArrayPool<byte>.Shared.Rent(payload.Length);
        payload.CopyTo(_buffer);
        Event = RecordEvent.Write(payloadId, _buffer.AsMemory(0, payload.Length));
    }

    public EventData Event { get; }

    public int PayloadSizeBytes { get; }

    /// <summary>About what it takes of the memory that records on their way may take.</summary>
    public int SizeBytes => SizeOf(PayloadSizeBytes);

    /// <summary>The same of a payload of so many bytes.</summary>
    public static int SizeOf(int payloadSizeBytes) => payloadSizeBytes + RecordEvent.MaxOverhead;

    /// <summary>The hub has it. So all has been written to the socket, and the buffer is free.</summary>
    public void Stored()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        SetResult();
    }

    /// <summary>It is not, or not certainly, stored. The buffer goes with the record.</summary>
    public void Failed(Exception cause) => SetException(cause);
}
