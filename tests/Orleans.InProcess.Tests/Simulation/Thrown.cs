namespace Orleans.Simulation;

/// <summary>Expects an exception without leaving the simulation's thread, which assertion libraries do.</summary>
internal static class Thrown
{
    public static async Task<TException> ByAsync<TException>(Func<Task> action)
        where TException : Exception
    {
        try
        {
            await action();
        }
        catch (TException exception)
        {
            return exception;
        }

        throw new ShouldAssertException($"A {typeof(TException).Name} was expected, and nothing was thrown.");
    }
}
