using System.Buffers.Binary;

namespace Storefront.Local.Demo;

/// <summary>The demo data as plain rows: the same on every machine, because nothing in it is random.</summary>
internal static class DemoRows
{
    public const int Users = 500;
    public const int OrdersPerUser = 10;
    public const int ItemsPerOrder = 3;
    public const int Products = 60;

    public static readonly DateTimeOffset Start = new(2025, 1, 1, 8, 0, 0, TimeSpan.Zero);

    private static readonly string[] Given = ["Ada", "Björn", "Chloé", "Dmitri", "Eve \"Evie\"", "Farid", "Grace", "Hana", "Íris", "Jürgen"];
    private static readonly string[] Family = ["Lovelace", "Ångström", "O'Brien", "Novák", "Smith", "Rahman", "Hopper"];
    private static readonly string[] Things = ["Keyboard", "USB-C cable 2 m", "27\" monitor", "Desk lamp", "Café mug", "Notebook A5", "Headset", "Webcam", "Footrest", "Whiteboard"];
    private static readonly string[] Colours = ["black", "white", "green", "red", "blue", "grey"];
    private static readonly string[] Statuses = ["pending", "paid", "shipped", "delivered", "cancelled"];

    public static DemoUser User(int n) => new(
        Id(1, n, UserCreated(n)),
        n switch { 0 => DemoAccounts.Admin, 1 => DemoAccounts.User, _ => $"user{n:000}@example.com" },
        n switch { 0 => "Demo Admin", 1 => "Demo User", _ => $"{Given[n % Given.Length]} {Family[n % Family.Length]}" },
        18 + (n * 7 % 60),
        n == 0,
        UserCreated(n));

    public static DemoProduct Product(int n) => new(
        Id(2, n, Start), $"SKU-{n + 1:0000}", $"{Things[n % Things.Length]}, {Colours[n / Things.Length]}", 199 + (n * 3701 % 20_000), 1_000 + (n * 37));

    /// <param name="users">Of how many users this one is: else the orders of one round would have the ids of the next.</param>
    public static DemoOrder Order(int user, int n, int users = Users)
    {
        // Round robin over the users, as orders arrive in a live system: one user's orders are not neighbours on disk.
        var number = (n * users) + user;
        var created = Start.AddDays(30).AddMinutes(number * 61);
        return new(Id(3, number, created), Statuses[(user + n) % Statuses.Length], created, [.. Enumerable.Range(0, ItemsPerOrder).Select(line => Item(number, line))]);
    }

    private static DemoItem Item(int order, int line) => new(Product(((order * 31) + (line * 17)) % Products), 1 + ((order + line) % 4));

    private static DateTimeOffset UserCreated(int n) => Start.AddSeconds(n * 7919 % (30 * 24 * 3600));

    // A version 7 UUID (RFC 9562) whose random part is a mix of what it stands for.
    private static Guid Id(int kind, int n, DateTimeOffset instant)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], Mix(((ulong)kind << 32) + (uint)n));
        BinaryPrimitives.WriteUInt64BigEndian(bytes, ((ulong)instant.ToUnixTimeMilliseconds() << 16) | (uint)(n & 0xFFF));
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x70);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }

    // SplitMix64 (Steele, Lea and Flood 2014).
    private static ulong Mix(ulong z)
    {
        z += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}

internal sealed record DemoUser(Guid Id, string Email, string Name, int Age, bool IsAdmin, DateTimeOffset CreatedAt);

internal sealed record DemoProduct(Guid Id, string Sku, string Name, int PriceCents, int Stock);

internal sealed record DemoItem(DemoProduct Product, int Quantity);

internal sealed record DemoOrder(Guid Id, string Status, DateTimeOffset CreatedAt, IReadOnlyList<DemoItem> Items)
{
    public long TotalCents => Items.Sum(item => (long)item.Quantity * item.Product.PriceCents);
}
