namespace Snowplow.Model.Forgetting;

/// <summary>What the column <c>kind</c> of <c>forgotten</c> holds.</summary>
public static class ForgottenKind
{
    /// <summary>Rows of session grains: sessions and views.</summary>
    public const string Session = "session";

    /// <summary>Rows of user grains: users, user_mapping and consent_users.</summary>
    public const string User = "user";
}
