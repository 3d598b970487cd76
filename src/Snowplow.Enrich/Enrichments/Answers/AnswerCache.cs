using System.Collections.Concurrent;
using Snowplow.Enrich.Enrichments.Configuration;

namespace Snowplow.Enrich.Enrichments.Answers;

/// <summary>
/// Remembers what a service or a database answered: good answers for a time, failures for a tenth of it, the least recently used
/// going first. While a good answer cannot be renewed it is served on. Thread-safe.
/// </summary>
/// <param name="size">How many answers; 0 to remember none.</param>
/// <param name="ttl">How long a good answer holds.</param>
/// <param name="time">The clock.</param>
internal sealed class AnswerCache(int size, TimeSpan ttl, TimeProvider time)
{
    private readonly Dictionary<string, LinkedListNode<Entry>> _entries = [];
    private readonly LinkedList<Entry> _byUse = [];
    private readonly ConcurrentDictionary<string, Lazy<Task<Answer>>> _underWay = new();

    /// <summary>Reads <c>parameters.cache</c>.</summary>
    public static AnswerCache Read(EnrichmentConfig config, TimeProvider time)
    {
        var cache = config.Parameters.GetProperty("cache");
        return new AnswerCache(cache.GetProperty("size").GetInt32(), TimeSpan.FromSeconds(cache.GetProperty("ttl").GetInt32()), time);
    }

    /// <summary>Gives the answer to a question, asking where it is not known.</summary>
    /// <param name="question">What identifies the question.</param>
    /// <param name="ask">Asks; it gives up in its own time.</param>
    /// <param name="cancellationToken">Ends waiting, not asking: others may wait for the same answer.</param>
    public Task<Answer> GetAsync(string question, Func<Task<Answer>> ask, CancellationToken cancellationToken)
    {
        if (TryGet(question, mayBeOld: false) is { } known) return Task.FromResult(known);
        
        // Lazy: asking begins when it is among those under way, where its end must find it.
        return _underWay.GetOrAdd(question, _ => new Lazy<Task<Answer>>(() => AskAsync(question, ask))).Value.WaitAsync(cancellationToken);
    }

    private async Task<Answer> AskAsync(string question, Func<Task<Answer>> ask)
    {
        try
        {
            var answer = await ask();
            if (answer.Failure is null || TryGet(question, mayBeOld: true) is not { Failure: null } stale)
            {
                Set(question, answer, answer.Failure is null ? ttl : ttl / 10);
                return answer;
            }

            Set(question, stale, ttl / 10);
            return stale;
        }
        finally
        {
            _underWay.TryRemove(question, out _);
        }
    }

    private Answer? TryGet(string question, bool mayBeOld)
    {
        lock (_entries)
        {
            if (!_entries.TryGetValue(question, out var node)) return null;
            if (!mayBeOld && time.GetElapsedTime(node.Value.Since) >= node.Value.Lifetime) return null;
            _byUse.Remove(node);
            _byUse.AddFirst(node);
            return node.Value.Answer;
        }
    }

    private void Set(string question, Answer answer, TimeSpan lifetime)
    {
        if (size == 0) return;
        lock (_entries)
        {
            if (_entries.Remove(question, out var old)) _byUse.Remove(old);
            if (_entries.Count >= size)
            {
                _entries.Remove(_byUse.Last!.Value.Question);
                _byUse.RemoveLast();
            }

            _entries[question] = _byUse.AddFirst(new Entry(question, answer, time.GetTimestamp(), lifetime));
        }
    }

    private sealed record Entry(string Question, Answer Answer, long Since, TimeSpan Lifetime);
}
