using System.Security.Claims;
using FirstDraft.Endpoints;
using FirstDraft.Models;
using AccountService = FirstDraft.Mended.Services.AccountService;
using ApiException = FirstDraft.Services.ApiException;

namespace FirstDraft.Mended.Endpoints;

public static class AccountEndpoints
{
    public static void MapAccounts(this RouteGroupBuilder api)
    {
        api.MapPost("/signup", async (SignupRequest request, AccountService accounts) =>
        {
            Requests.Check(request);
            var user = await accounts.SignupAsync(request) ?? throw new ApiException(409, "Email is already registered");
            return Results.Created("/api/me", new AccountResponse(user.Id, user.Email, user.Name, user.Age, user.Newsletter));
        }).Produces<AccountResponse>(201).Produces<ErrorResponse>(400).Produces<ErrorResponse>(409);

        api.MapPost("/login", async (LoginRequest request, AccountService accounts) =>
        {
            Requests.Check(request);
            return await accounts.LoginAsync(request) ?? throw new ApiException(401, "Invalid email or password");
        }).Produces<ErrorResponse>(400).Produces<ErrorResponse>(401);

        api.MapPost("/token/refresh", async (RefreshRequest request, AccountService accounts) =>
        {
            Requests.Check(request);
            return await accounts.RefreshAsync(request.RefreshToken) ?? throw new ApiException(401, "Invalid refresh token");
        }).Produces<ErrorResponse>(400).Produces<ErrorResponse>(401);

        api.MapPost("/logout", async (LogoutRequest request, AccountService accounts) =>
        {
            Requests.Check(request);
            await accounts.LogoutAsync(request);
            return Results.NoContent();
        }).Produces(204).Produces<ErrorResponse>(400);

        api.MapGet("/me", async (ClaimsPrincipal principal, AccountService accounts) => Me(await accounts.GetAsync(principal.GetUserId())))
            .RequireAuthorization();

        api.MapPatch("/me", async (UpdateMeRequest request, ClaimsPrincipal principal, AccountService accounts) =>
        {
            Requests.Check(request);
            return Me(await accounts.UpdateAsync(principal.GetUserId(), request));
        }).RequireAuthorization().Produces<ErrorResponse>(400);
    }

    private static MeResponse Me(User? user) => MeResponse.From(user ?? throw new ApiException(404, "User not found"));
}
