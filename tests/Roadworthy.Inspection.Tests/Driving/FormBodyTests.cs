using System.Text;
using System.Text.Json.Nodes;
using Roadworthy.Inspection.Driving;

namespace Roadworthy.Inspection.Tests.Driving;

public sealed class FormBodyTests
{
    [Fact]
    public void Text_in_a_form_of_parts_is_UTF_8_and_the_bytes_of_a_file_are_its_own()
    {
        var (body, type) = FormBody.Multipart(new JsonObject { ["city"] = "São Paulo 東京", ["broken"] = FormBody.BytesPrefix + "a\u00FFb", ["photo"] = FormBody.Picture });

        Assert.StartsWith("multipart/form-data; boundary=", type, StringComparison.Ordinal);
        Assert.True(body.AsSpan().IndexOf("name=\"city\"\r\n\r\nSão Paulo 東京\r\n"u8) > 0);
        Assert.True(body.AsSpan().IndexOf((byte[])[.. "name=\"broken\"\r\n\r\na"u8, 0xFF, .. "b\r\n"u8]) > 0);
        Assert.True(body.AsSpan().IndexOf((byte[])[0x89, .. "PNG\r\n"u8]) > 0);
        Assert.EndsWith("--\r\n", Encoding.Latin1.GetString(body), StringComparison.Ordinal);
    }
}
