using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Roadworthy.Inspection.Driving;
using Roadworthy.Inspection.Tests.Support;

namespace Roadworthy.Inspection.Tests.Driving;

/// <summary>Only administrators are let in anywhere: whether a user's proof is one shows only by how it is refused.</summary>
public sealed class GateTests
{
    private const string Document = """{"openapi":"3.0.0","info":{"title":"Desk","version":"1"},"paths":{"/accounts":{"get":{"responses":{"200":{"description":""}}}}}}""";

    [Theory]
    [InlineData(401, "token-of-ada", true)]
    [InlineData(401, "token-of-nobody", false)]
    [InlineData(403, "token-of-ada", false)]
    public async Task A_user_who_is_refused_otherwise_than_a_spoilt_proof_is_known(int stranger, string token, bool isKnown)
    {
        await using var api = await TestApi.StartAsync(site => site.MapGet("/accounts", (HttpContext http) => Results.StatusCode(http.Request.Headers["x-token"] == "token-of-ada" ? 403 : stranger)));
        var gate = await Gate.FindAsync(api.Drive(Document), new Identity { Name = Identity.AnonymousName }, Token);
        Assert.True(gate.Exists);
        Assert.Equal(isKnown, await gate.LetsInAsync(new Identity { Name = "A", Proofs = [new Proof(ProofKind.Header, "x-token", token)] }, Token));
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;
}
