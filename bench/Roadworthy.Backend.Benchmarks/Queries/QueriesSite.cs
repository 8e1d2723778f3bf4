using Microsoft.EntityFrameworkCore;
using Npgsql;
using Roadworthy.Backend.Benchmarks.Measuring;

namespace Roadworthy.Backend.Benchmarks.Queries;

/// <summary>Reads rows by so many statements, through Npgsql alone and through EF Core.</summary>
internal static class QueriesSite
{
    public static Task<WebApplication> WithoutAsync(string connection) => BuildAsync(connection, isThere: false, isOn: false);

    public static Task<WebApplication> OffAsync(string connection) => BuildAsync(connection, isThere: true, isOn: false);

    public static Task<WebApplication> OnAsync(string connection) => BuildAsync(connection, isThere: true, isOn: true);

    private static async Task<WebApplication> BuildAsync(string connection, bool isThere, bool isOn)
    {
        var source = new NpgsqlDataSourceBuilder(connection + ";Max Auto Prepare=20;No Reset On Close=true");
        if (isThere) source.UseRoadworthyQueries();
        var builder = SiteBuilder.Create();
        builder.Services.AddSingleton(source.Build());
        builder.Services.AddDbContext<Shop>((services, options) => options.UseNpgsql(services.GetRequiredService<NpgsqlDataSource>()));
        // The endpoint of 50 is an N+1, with its log record: one a minute.
        if (isThere) builder.Services.AddRoadworthyQueries(queries => queries.IsEnabled = isOn);
        var app = builder.Build();
        app.UseRouting();
        if (isThere) app.UseRoadworthyQueries();
        app.MapGet("/npgsql/{statements}", async (int statements, NpgsqlDataSource source) =>
        {
            var rows = new List<Row>();
            await using var connection = await source.OpenConnectionAsync();
            for (var n = 1; n <= statements; n++)
            {
                await using var command = new NpgsqlCommand("SELECT id, name FROM rows WHERE id = $1", connection) { Parameters = { new NpgsqlParameter<int> { TypedValue = n } } };
                await using var reader = await command.ExecuteReaderAsync();
                while (await reader.ReadAsync()) rows.Add(new() { Id = reader.GetInt32(0), Name = reader.GetString(1) });
            }

            return rows;
        });
        app.MapGet("/ef/{statements}", async (int statements, Shop shop) =>
        {
            var rows = new List<Row>();
            for (var n = 1; n <= statements; n++) rows.AddRange(await shop.Rows.AsNoTracking().Where(row => row.Id == n).ToListAsync());
            return rows;
        });

        await using var table = app.Services.GetRequiredService<NpgsqlDataSource>().CreateCommand(
            "CREATE TABLE rows (id int PRIMARY KEY, name text NOT NULL); INSERT INTO rows SELECT n, 'Thing ' || n FROM generate_series(1, 50) n");
        await table.ExecuteNonQueryAsync();
        return app;
    }

    private sealed class Row
    {
        public int Id { get; init; }

        public string Name { get; init; } = "";
    }

    private sealed class Shop(DbContextOptions<Shop> options) : DbContext(options)
    {
        public DbSet<Row> Rows => Set<Row>();

        protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.Entity<Row>(row =>
        {
            row.ToTable("rows");
            row.Property(one => one.Id).HasColumnName("id");
            row.Property(one => one.Name).HasColumnName("name");
        });
    }
}
