using FirstDraft.Data;
using FirstDraft.Endpoints;
using FirstDraft.Mended.Endpoints;
using FirstDraft.Mended.Http;
using FirstDraft.Mended.Services;
using FirstDraft.Models;
using FirstDraft.Tickets;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace FirstDraft.Mended;

public static class Startup
{
    public static void AddServices(WebApplicationBuilder builder, string connectionString)
    {
        builder.Logging.ClearProviders().AddJsonConsole();
        FirstDraft.Startup.AddAuth(builder);
        var bounded = new NpgsqlConnectionStringBuilder(connectionString) { Timeout = 3, CommandTimeout = 3 }.ConnectionString;
        builder.Services.AddDbContext<AppDbContext>(options => options
            .UseNpgsql(bounded, npgsql => npgsql.EnableRetryOnFailure(maxRetryCount: 2, TimeSpan.FromMilliseconds(200), errorCodesToAdd: null))
            .UseSnakeCaseNamingConvention());
        builder.Services.ConfigureHttpJsonOptions(options =>
        {
            options.SerializerOptions.Converters.Add(new LenientInt32());
            options.SerializerOptions.Converters.Add(new LenientBoolean());
            options.SerializerOptions.Converters.Add(new InstantConverter());
            options.SerializerOptions.RespectRequiredConstructorParameters = true;
            options.SerializerOptions.RespectNullableAnnotations = true;
        });
        builder.Services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        builder.Services.AddProblemDetails();
        builder.Services.AddOpenApi(options => options.AddSchemaTransformer(LenientSchema.Describe).AddOperationTransformer(LenientSchema.DescribePage));
        builder.Services.AddScoped<RefreshTokens>().AddScoped<AccountService>().AddScoped<ProductService>().AddScoped<ReviewService>();
        builder.Services.AddScoped<StockTable>().AddScoped<OrderService>().AddScoped<AddressService>().AddScoped<DashboardService>();
    }

    public static void MapEndpoints(WebApplication app)
    {
        app.UseStatusCodePages();
        app.UseMiddleware<ErrorHandlingMiddleware>();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapHealth();
        if (app.Environment.IsDevelopment()) app.MapOpenApi();

        var api = app.MapGroup("/api");
        api.MapAccounts();
        api.MapProducts();
        api.MapOrders();
        api.MapAddresses();
        api.MapTicketEndpoints();
        api.MapDashboard();
    }

    public static async Task SeedAsync(IServiceProvider services, AdminAccount admin) =>
        await services.GetRequiredService<AccountService>().SignupAsync(new SignupRequest(admin.Email, admin.Password, "Administrator", 30), "admin");
}
