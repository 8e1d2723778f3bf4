using System.Security.Claims;
using FirstDraft.Data;
using FirstDraft.Models;
using FirstDraft.Services;

namespace FirstDraft.Endpoints;

public static class AccountEndpoints
{
    public static void MapAccountEndpoints(this RouteGroupBuilder api)
    {
        api.MapPost("/signup", Signup).Produces<AccountResponse>(201).ProducesValidationProblem().Produces<ErrorResponse>(409);
        api.MapPost("/login", Login).Produces<TokenResponse>().ProducesValidationProblem().Produces<ErrorResponse>(401);
        api.MapPost("/token/refresh", Refresh).Produces<TokenResponse>().ProducesValidationProblem().Produces<ErrorResponse>(401);
        api.MapPost("/logout", Logout).Produces(204).ProducesValidationProblem();
        api.MapGet("/me", GetMe).RequireAuthorization().Produces<MeResponse>();
        api.MapPatch("/me", UpdateMe).RequireAuthorization().Produces<MeResponse>().ProducesValidationProblem();
    }

    private static async Task<IResult> Signup(SignupRequest request, AccountService accounts)
    {
        var errors = Validators.Validate(request);
        if (errors.Count > 0) return Results.ValidationProblem(errors);
        var user = await accounts.SignupAsync(request);
        return user is null
            ? Results.Conflict(new ErrorResponse("Email is already registered"))
            : Results.Created("/api/me", new AccountResponse(user.Id, user.Email, user.Name, user.Age, user.Newsletter));
    }

    private static async Task<IResult> Login(LoginRequest request, AccountService accounts)
    {
        var errors = Validators.Validate(request);
        if (errors.Count > 0) return Results.ValidationProblem(errors);
        var tokens = await accounts.LoginAsync(request);
        return tokens is null ? Results.Json(new ErrorResponse("Invalid email or password"), statusCode: 401) : Results.Ok(tokens);
    }

    private static async Task<IResult> Refresh(RefreshRequest request, AccountService accounts)
    {
        var errors = Validators.Validate(request);
        if (errors.Count > 0) return Results.ValidationProblem(errors);
        var tokens = await accounts.RefreshAsync(request.RefreshToken);
        return tokens is null ? Results.Json(new ErrorResponse("Invalid refresh token"), statusCode: 401) : Results.Ok(tokens);
    }

    private static async Task<IResult> Logout(LogoutRequest request, AccountService accounts)
    {
        var errors = Validators.Validate(request);
        if (errors.Count > 0) return Results.ValidationProblem(errors);
        await accounts.LogoutAsync(request);
        return Results.NoContent();
    }

    private static async Task<IResult> GetMe(ClaimsPrincipal principal, AppDbContext db)
    {
        var user = await db.Users.FindAsync(principal.GetUserId());
        return user is null ? Results.NotFound(new ErrorResponse("User not found")) : Results.Ok(MeResponse.From(user));
    }

    private static async Task<IResult> UpdateMe(UpdateMeRequest request, ClaimsPrincipal principal, AppDbContext db)
    {
        var errors = Validators.Validate(request);
        if (errors.Count > 0) return Results.ValidationProblem(errors);
        var user = await db.Users.FindAsync(principal.GetUserId());
        if (user is null) return Results.NotFound(new ErrorResponse("User not found"));
        user.Name = request.Name ?? user.Name;
        user.Age = request.Age ?? user.Age;
        user.Newsletter = request.Newsletter ?? user.Newsletter;
        await db.SaveChangesAsync();
        return Results.Ok(MeResponse.From(user));
    }
}
