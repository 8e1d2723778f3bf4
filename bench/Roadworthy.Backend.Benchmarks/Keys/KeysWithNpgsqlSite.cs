using Npgsql;
using Roadworthy.Backend.Benchmarks.Measuring;
using Roadworthy.Idempotency;

namespace Roadworthy.Backend.Benchmarks.Keys;

/// <summary>A write of one row by Npgsql alone, without a key and with one.</summary>
internal static class KeysWithNpgsqlSite
{
    public static async Task<WebApplication> BuildAsync(string connection)
    {
        var builder = SiteBuilder.Create();
        builder.Services.AddSingleton(_ => NpgsqlDataSource.Create(connection));
        builder.Services.AddRoadworthyIdempotency(keys => keys.User = _ => "1");
        var app = builder.Build();
        app.MapPost("/plain", async (NewOrder order, NpgsqlDataSource source) =>
        {
            await using var command = source.CreateCommand();
            return await WriteAsync(order, command);
        });
        app.MapPost("/keyed", async (NewOrder order, IdempotentTransaction transaction) =>
        {
            await using var command = new NpgsqlCommand { Connection = transaction.Connection, Transaction = transaction.Current };
            return await WriteAsync(order, command);
        }).RequireIdempotencyKey();

        var source = app.Services.GetRequiredService<NpgsqlDataSource>();
        await IdempotencySchema.ApplyAsync(source);
        await using var table = source.CreateCommand(Order.Table);
        await table.ExecuteNonQueryAsync();
        return app;
    }

    private static async Task<IResult> WriteAsync(NewOrder order, NpgsqlCommand command)
    {
        var made = new Order { Sku = order.Sku };
        command.CommandText = "INSERT INTO orders (id, sku) VALUES ($1, $2)";
        command.Parameters.AddWithValue(made.Id);
        command.Parameters.AddWithValue(made.Sku);
        await command.ExecuteNonQueryAsync();
        return made.Created();
    }
}
