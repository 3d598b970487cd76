using Snowplow.Kql.Data;
using Snowplow.Kql.Tests.Cases;

namespace Snowplow.Kql.Tests.Documents;

/// <summary>The query of docs/identity.md, which finds each user's person.</summary>
public sealed class IdentityPageTests
{
    private const string Rows = """
        let identities = datatable(identity:string, belongs_to:string, is_shared:bool, users:long, model_generation:long, revision:long) [
            'email:5d41', '', false, 1, 3000, 1,
            'email:5d41', 'user_id:jo', false, 2, 3000, 2,
            'email:5d41', 'user_id:amy', false, 2, 2000, 9,
            'user_id:jo', '', false, 1, 3000, 1,
            'user_id:guest', '', true, 0, 3000, 4,
            'email:77aa', 'user_id:guest', false, 1, 3000, 1,
        ];
        let users = datatable(user_key:string, identities:dynamic, model_generation:long, revision:long) [
            'd:phone', dynamic(['email:5d41']), 3000, 1,
            'd:laptop', dynamic(['user_id:jo', 'email:5d41']), 3000, 3,
            'd:kiosk', dynamic(['user_id:guest']), 3000, 1,
            'd:tablet', dynamic(['user_id:guest', 'email:77aa']), 3000, 1,
            'd:sold', dynamic(['user_id:jo']), 3000, 1,
            'd:sold', dynamic([]), 3000, 2,
            'd:nobody', dynamic(null), 3000, 1,
        ];

        """;

    [Fact]
    public void PersonsQuery_FollowsTheNewestRowsUpwards_AndPassesOverWhatIsShared()
    {
        var page = File.ReadAllText(Repository.Page("identity.md"));
        var query = page.Split("```kusto\n")[1].Split("```")[0];
        CaseFile.Lines(new KqlEngine(new Database([])), $"{Rows}{query}| order by user_key asc", workers: 2).ShouldBe(
        [
            "user_key:string | person_id:string",
            "d:kiosk | d:kiosk",
            "d:laptop | user_id:jo",
            "d:nobody | d:nobody",
            "d:phone | user_id:jo",
            "d:sold | d:sold",
            "d:tablet | email:77aa",
        ]);
    }
}
