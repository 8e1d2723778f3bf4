using Npgsql;

namespace Storefront.Dashboard;

/// <summary>Turns the current row of each of the three results into its piece of JSON.</summary>
internal sealed class DashboardRows(NpgsqlDataReader reader, DashboardPage page)
{
    private readonly JsonBytes _json = page.Json;
    private byte[] _text = new byte[1024];

    public Guid LastUser { get; private set; }

    public void User()
    {
        var start = _json.Length;
        LastUser = reader.GetGuid(0);
        _json.Raw("{\"id\":\""u8);
        _json.Id(LastUser);
        _json.Raw("\",\"name\":\""u8);
        Text(1);
        _json.Raw("\",\"email\":\""u8);
        Text(2);
        _json.Raw("\",\"age\":"u8);
        _json.Number(reader.GetInt32(3));
        _json.Raw(",\"createdAt\":\""u8);
        _json.Instant(reader.GetDateTime(4));
        _json.Raw("\""u8);
        page.AddUser(LastUser, start);
    }

    public void Order()
    {
        var start = _json.Length;
        var id = reader.GetGuid(0);
        _json.Raw("{\"id\":\""u8);
        _json.Id(id);
        _json.Raw("\",\"status\":\""u8);
        Text(1);
        _json.Raw("\",\"totalCents\":"u8);
        _json.Number(reader.GetInt64(2));
        _json.Raw(",\"createdAt\":\""u8);
        _json.Instant(reader.GetDateTime(3));
        _json.Raw("\""u8);
        page.AddOrder(id, reader.GetGuid(4), start);
    }

    public void Item()
    {
        var start = _json.Length;
        _json.Raw("{\"sku\":\""u8);
        Text(0);
        _json.Raw("\",\"name\":\""u8);
        Text(1);
        _json.Raw("\",\"quantity\":"u8);
        _json.Number(reader.GetInt32(2));
        _json.Raw(",\"unitPriceCents\":"u8);
        _json.Number(reader.GetInt32(3));
        page.AddItem(reader.GetGuid(4), reader.GetInt16(5), start);
    }

    // The binary form of text is its UTF-8: no string is made on the way.
    private void Text(int column)
    {
        int length;
        while ((length = (int)reader.GetBytes(column, 0, _text, 0, _text.Length)) == _text.Length) _text = new byte[_text.Length * 2];
        _json.Text(_text.AsSpan(0, length));
    }
}
