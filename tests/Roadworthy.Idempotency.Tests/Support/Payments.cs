using System.Diagnostics;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Roadworthy.Idempotency.Tests.Support;

internal sealed record PaymentRequest(int Amount);

internal sealed class Payment
{
    public required Guid Id { get; init; }

    public required int Amount { get; init; }
}

internal sealed class PaymentsDb(DbContextOptions<PaymentsDb> options) : DbContext(options)
{
    public DbSet<Payment> Payments => Set<Payment>();

    protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.Entity<Payment>(payment =>
    {
        payment.ToTable("payments");
        payment.Property(row => row.Id).HasColumnName("id").ValueGeneratedNever();
        payment.Property(row => row.Amount).HasColumnName("amount");
    });
}

/// <summary>Writes a payment as the handler of an application would: with Npgsql alone, or through a context.</summary>
internal interface ITill
{
    Task<Guid> TakeAsync(int amount);
}

internal sealed class NpgsqlTill(IdempotentTransaction transaction) : ITill
{
    public async Task<Guid> TakeAsync(int amount)
    {
        var id = Guid.NewGuid();
        await using var command = new NpgsqlCommand("INSERT INTO payments VALUES ($1, $2 + 0 * nextval('runs'))", transaction.Connection, transaction.Current)
        {
            Parameters = { new() { Value = id }, new() { Value = amount } },
        };
        await command.ExecuteNonQueryAsync();
        return id;
    }
}

internal sealed class DbContextTill(PaymentsDb db) : ITill
{
    public async Task<Guid> TakeAsync(int amount)
    {
        var id = Guid.NewGuid();
        db.Payments.Add(new() { Id = id, Amount = amount });
        await db.SaveChangesAsync();
        await db.Database.ExecuteSqlRawAsync("SELECT nextval('runs')");
        return id;
    }
}

/// <summary>Endpoints of every kind.</summary>
internal static class PaymentsApi
{
    public const int LongestAnswer = 4096;

    public static void MapPayments(this WebApplication app, Gate gate)
    {
        app.MapPost("/payments", Take).RequireIdempotencyKey();
        app.MapPost("/refunds", Take).RequireIdempotencyKey();
        app.MapPost("/optional", Take).WithIdempotencyKey();
        app.MapPost("/tills/{till}/payments", (int till, PaymentRequest request, ITill into, HttpContext http) => Take(request, into, http)).RequireIdempotencyKey();
        app.MapPost("/plain", async (PaymentRequest request, ITill till) => new { id = await till.TakeAsync(request.Amount) }).RequireIdempotencyKey();
        app.MapPost("/bytes", async (HttpContext http, ITill till) =>
        {
            var length = await LengthAsync(http.Request.Body);
            await till.TakeAsync(length);
            http.Response.StatusCode = StatusCodes.Status202Accepted;
            await http.Response.WriteAsync($"{length} of it");
        }).RequireIdempotencyKey();
        app.MapPost("/stream", async (Stream body, ITill till) =>
        {
            var length = await LengthAsync(body);
            await till.TakeAsync(length);
            return $"{length} of it";
        }).RequireIdempotencyKey();
        app.MapPost("/pipe", async (PipeReader body, ITill till) =>
        {
            var length = await LengthAsync(body.AsStream());
            await till.TakeAsync(length);
            return $"{length} of it";
        }).RequireIdempotencyKey();
        foreach (var prefix in (string[])["", "/early"])
        {
            app.MapPost(prefix + "/form", async (HttpContext http, ITill till) =>
            {
                var form = await http.Request.ReadFormAsync();
                await till.TakeAsync(1);
                return form["amount"].ToString();
            }).RequireIdempotencyKey();
            app.MapPost(prefix + "/unread", async (ITill till) => await till.TakeAsync(1)).WithIdempotencyKey();
        }

        app.MapPost("/refused", async (PaymentRequest request, ITill till) =>
        {
            await till.TakeAsync(request.Amount);
            return TypedResults.Problem("No.", statusCode: StatusCodes.Status409Conflict, type: "urn:test:refused");
        }).RequireIdempotencyKey();
        app.MapPost("/broken", async Task<string> (PaymentRequest request, ITill till) =>
        {
            await till.TakeAsync(request.Amount);
            throw new UnreachableException("as it should be");
        }).RequireIdempotencyKey();
        app.MapPost("/cookie", async (PaymentRequest request, ITill till, HttpContext http) =>
        {
            await till.TakeAsync(request.Amount);
            http.Response.Cookies.Append("secret", "value");
        }).WithIdempotencyKey();
        app.MapPost("/long", async (PaymentRequest request, ITill till) =>
        {
            await till.TakeAsync(request.Amount);
            return new string('x', LongestAnswer + 1);
        }).WithIdempotencyKey();
        app.MapPost("/endless", async (PaymentRequest request, ITill till, HttpContext http) =>
        {
            await till.TakeAsync(request.Amount);
            while (true) await http.Response.Body.WriteAsync(new byte[1000], http.RequestAborted);
        }).RequireIdempotencyKey();
        var group = app.MapGroup("/group").WithIdempotencyKey();
        group.MapPost("/required", Take).RequireIdempotencyKey();
        group.MapPost("/optional", Take);
        app.MapPost("/slow", async (PaymentRequest request, ITill till, HttpContext http) =>
        {
            var id = await till.TakeAsync(request.Amount);
            await gate.PassAsync(http.RequestAborted);
            return id;
        }).RequireIdempotencyKey();
    }

    /// <summary>Reads the body before the endpoint does, as antiforgery reads forms.</summary>
    public static async Task ReadEarlyAsync(HttpContext http, RequestDelegate next)
    {
        if (http.Request.HasFormContentType) await http.Request.ReadFormAsync();
        else await LengthAsync(http.Request.Body);
        await next(http);
    }

    private static async Task<int> LengthAsync(Stream body)
    {
        using var reader = new StreamReader(body, leaveOpen: true);
        return (await reader.ReadToEndAsync()).Length;
    }

    private static async Task<IResult> Take(PaymentRequest request, ITill till, HttpContext http)
    {
        var id = await till.TakeAsync(request.Amount);
        http.Response.Headers.Append("X-Made", "a");
        http.Response.Headers.Append("X-Made", "b");
        http.Response.Headers.ETag = "\"1\"";
        return TypedResults.Created($"/payments/{id}", new { id, amount = request.Amount });
    }
}

/// <summary>Where a handler waits until the test lets it on.</summary>
internal sealed class Gate
{
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _givenUp = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task ReachedAsync() => _reached.Task.WaitAsync(TimeSpan.FromSeconds(30));

    public void Open() => _open.SetResult();

    /// <summary>A request that waited was given up.</summary>
    public Task GivenUpAsync() => _givenUp.Task.WaitAsync(TimeSpan.FromSeconds(30));

    public async Task PassAsync(CancellationToken cancellationToken)
    {
        _reached.TrySetResult();
        try
        {
            await _open.Task.WaitAsync(TimeSpan.FromSeconds(30), cancellationToken);
        }
        catch (OperationCanceledException)
        {
            _givenUp.TrySetResult();
            throw;
        }
    }
}
