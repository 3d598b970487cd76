using Snowplow.Kql.Binding;

namespace Snowplow.Kql.Execution;

/// <summary>Makes of everything that ends a run the error that its caller is told.</summary>
internal static class QueryFailures
{
    /// <summary>Runs something.</summary>
    /// <exception cref="KqlException">It failed.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static T Told<T>(Func<T> run)
    {
        try
        {
            return run();
        }
        catch (BindFailure failure)
        {
            throw new KqlException(failure.Kind, [failure.Diagnostic]);
        }
        catch (InsufficientExecutionStackException)
        {
            throw new KqlException(KqlErrorKind.Semantic, "The query is nested too deeply");
        }
        catch (OutOfMemoryException exception)
        {
            throw new KqlException(KqlErrorKind.Limit, "The query needs more memory than there is: filter earlier, or keep fewer rows and columns (E_LOW_MEMORY_CONDITION)", exception);
        }
        catch (Exception exception) when (exception is not (KqlException or OperationCanceledException))
        {
            throw new KqlException(KqlErrorKind.Runtime, $"The query failed while it ran: {exception.Message}", exception);
        }
    }
}
