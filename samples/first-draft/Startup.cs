using System.Text.Json.Serialization;
using FirstDraft.Data;
using FirstDraft.Endpoints;
using FirstDraft.Middleware;
using FirstDraft.Models;
using FirstDraft.Services;
using FirstDraft.Tickets;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.IdentityModel.Tokens;

namespace FirstDraft;

public static class Startup
{
    public static void AddServices(WebApplicationBuilder builder, string connectionString)
    {
        AddAuth(builder);
        builder.Services.AddDbContext<AppDbContext>(options => options.UseNpgsql(connectionString).UseSnakeCaseNamingConvention());
        builder.Services.ConfigureHttpJsonOptions(options => options.SerializerOptions.NumberHandling = JsonNumberHandling.Strict);
        builder.Services.AddOpenApi(options => options.AddSchemaTransformer(LenientSchema.Describe).AddOperationTransformer(LenientSchema.DescribePage));
        builder.Services.AddScoped<AccountService>();
        builder.Services.AddScoped<ProductService>();
        builder.Services.AddScoped<ReviewService>();
        builder.Services.AddScoped<InventoryService>();
        builder.Services.AddScoped<OrderService>();
        builder.Services.AddScoped<DashboardService>();
        builder.Services.AddScoped<FailureLog>();
    }

    public static void MapEndpoints(WebApplication app)
    {
        app.UseMiddleware<ErrorHandlingMiddleware>();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapHealth();
        if (app.Environment.IsDevelopment()) app.MapOpenApi();

        var api = app.MapGroup("/api");
        api.MapAccountEndpoints();
        api.MapProductEndpoints();
        api.MapOrderEndpoints();
        api.MapAddressEndpoints();
        api.MapTicketEndpoints();
        api.MapDashboardEndpoints();
    }

    public static void AddAuth(WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<TokenService>();
        builder.Services.AddSingleton<IPasswordHasher<User>, PasswordHasher<User>>();
        builder.Services.AddAuthentication(JwtBearerDefaults.AuthenticationScheme).AddJwtBearer(options =>
        {
            options.MapInboundClaims = false;
            options.TokenValidationParameters = new TokenValidationParameters
            {
                ValidateIssuer = false,
                ValidateAudience = false,
                IssuerSigningKey = TokenService.Key(builder.Configuration),
                NameClaimType = "sub",
                RoleClaimType = "role",
            };
        });
        builder.Services.AddAuthorization(options => options.AddPolicy(CurrentUser.AdminPolicy, policy => policy.RequireRole("admin")));
    }
}
