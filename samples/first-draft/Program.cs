using FirstDraft;
using FirstDraft.Data;

var builder = WebApplication.CreateBuilder(args);
if (builder.Configuration["PORT"] is { Length: > 0 } port) builder.WebHost.UseUrls($"http://127.0.0.1:{port}");

var connectionString = DatabaseUrl.Resolve(builder.Configuration);
var mended = builder.Configuration["MENDED"] == "1";
if (mended) FirstDraft.Mended.Startup.AddServices(builder, connectionString);
else Startup.AddServices(builder, connectionString);

var app = builder.Build();
if (mended) FirstDraft.Mended.Startup.MapEndpoints(app);
else Startup.MapEndpoints(app);

await Migrator.MigrateAsync(connectionString, mended ? ["Migrations", "Mended"] : ["Migrations"]);
using (var scope = app.Services.CreateScope())
{
    var admin = AdminAccount.From(app.Configuration);
    if (mended) await FirstDraft.Mended.Startup.SeedAsync(scope.ServiceProvider, admin);
    else await AdminSeeder.SeedAsync(scope.ServiceProvider, admin);
}

await app.RunAsync();
