namespace Snowplow.Warehouse.Tables;

/// <summary>Which rows of a table go when a person is forgotten (docs/erasure.md).</summary>
public enum ForgetRule
{
    /// <summary>None.</summary>
    None,

    /// <summary>Rows of the session's key with a version below that of its row in <c>forgotten</c>.</summary>
    VersionsOfSession,

    /// <summary>Rows of the user's key with a version below that of its row in <c>forgotten</c>.</summary>
    VersionsOfUser,

    /// <summary>Rows of the user's key, or of the session's where there is no user, collected by then.</summary>
    EventsOfHolder,

    /// <summary>Rows of the user's or of the session's key, collected by then.</summary>
    EventsOfEither,
}
