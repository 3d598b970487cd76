using System.Text.Json.Serialization;

namespace Snowplow.Model;

/// <summary>
/// The number of a state's writes, and whether memory is ahead of what was written. Rows carry the number, so it grows only
/// in <see cref="BeforeWrite"/>; what has not been written is never shown under it. Keep it in a field that is not readonly: it takes no object
/// of its own.
/// </summary>
internal struct StateRevision
{
    /// <summary>The revision of the last write begun; 0 before the first.</summary>
    [JsonPropertyName("n")]
    public long Number { readonly get; set; }

    /// <summary>Whether memory holds changes that no completed write has.</summary>
    [JsonIgnore]
    public bool HasChanges { readonly get; private set; }

    /// <summary>Has a state that was never written go on after a number, so that its rows win over those of one that was purged.</summary>
    public void BeginAt(long revision)
    {
        if (Number == 0) Number = revision;
    }

    public void MarkChanged() => HasChanges = true;

    public void BeforeWrite() => Number++;

    public void AfterWrite() => HasChanges = false;

    public readonly void ThrowIfChanged()
    {
        if (HasChanges) throw new InvalidOperationException("Rows come from written state: write the state and call AfterWrite first.");
    }
}
