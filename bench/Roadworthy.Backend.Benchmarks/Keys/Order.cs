namespace Roadworthy.Backend.Benchmarks.Keys;

internal sealed record NewOrder(string Sku);

internal sealed class Order
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public string Sku { get; init; } = "";

    public static string Table => "CREATE TABLE orders (id uuid PRIMARY KEY, sku text NOT NULL)";

    public IResult Created() => Results.Created($"/orders/{Id}", this);
}
