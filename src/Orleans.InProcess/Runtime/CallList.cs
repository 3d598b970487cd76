using Orleans.CodeGeneration;

namespace Orleans.Runtime;

/// <summary>A queue of calls, linked through the calls themselves so that queueing allocates nothing.</summary>
internal struct CallList
{
    public GrainCall? First { get; private set; }

    private GrainCall? Last { get; set; }

    public readonly bool IsEmpty => First is null;

    public void Append(GrainCall call)
    {
        call.Previous = Last;
        if (Last is null) First = call;
        else Last.Next = call;
        Last = call;
    }

    public void Remove(GrainCall call)
    {
        if (call.Previous is null) First = call.Next;
        else call.Previous.Next = call.Next;
        if (call.Next is null) Last = call.Previous;
        else call.Next.Previous = call.Previous;
        call.Next = call.Previous = null;
    }

    public GrainCall? RemoveFirst()
    {
        var first = First;
        if (first is not null) Remove(first);
        return first;
    }
}
