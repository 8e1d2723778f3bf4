using System.Text.Json.Nodes;
using Roadworthy.Inspection.Driving;

namespace Roadworthy.Inspection.Tests.Driving;

public sealed class SecretsTests
{
    [Theory]
    [InlineData("""{"email":"a@example.com","password":"hunter2 \"x\""}""", """{"email":"a@example.com","password":"***"}""")]
    [InlineData("""{"pin":1,"cvv":"123","otp":"991122"}""", """{"pin":1,"cvv":"***","otp":"***"}""")]
    [InlineData("""{"password" : 12345678, "tokens": 3}""", """{"password" : "***", "tokens": 3}""")]
    [InlineData("""{"raw":"{\"password\":\"hunter2\",\"age\":3}","b":1}""", """{"raw":"{\"password\":\"***\",\"age\":3}","b":1}""")]
    [InlineData("""{"raw":"{\"password\":12345}"}""", """{"raw":"{\"password\":\"***\"}"}""")]
    [InlineData("""{"token":"cut in the midd""", """{"token":"***" """)]
    [InlineData("name=Ada&password=hunter2&age=3", "name=Ada&password=***&age=3")]
    [InlineData("--b\r\nContent-Disposition: form-data; name=\"password\"\r\n\r\nhunter2\r\n--b--", "--b\r\nContent-Disposition: form-data; name=\"password\"\r\n\r\n***\r\n--b--")]
    [InlineData("--b\r\nContent-Disposition: form-data; name=\"secret\"\r\nContent-Type: text/plain\r\n\r\nhunter2\r\n--b--", "--b\r\nContent-Disposition: form-data; name=\"secret\"\r\nContent-Type: text/plain\r\n\r\n***\r\n--b--")]
    [InlineData("could not reach postgres://shop:hunter2@db.example.com/shop", "could not reach postgres://shop:***@db.example.com/shop")]
    [InlineData("at http://127.0.0.1:3000/a@b, 10:30", "at http://127.0.0.1:3000/a@b, 10:30")]
    public void A_secret_in_a_text_is_masked_and_the_rest_is_left(string text, string expected) => Assert.Equal(expected.TrimEnd(), Secrets.Text(text));

    [Theory]
    [InlineData("""{"a":"x","password":"p\\\\\"q","list":[{"apiKey":"k"},{"secret":7}],"cvc":123}""")]
    [InlineData("""{"raw":"{\"inner\":\"{\\\"password\\\":\\\"deep\\\"}\",\"token\":\"t\"}"}""")]
    public void What_was_JSON_is_JSON_still(string text) => Assert.NotNull(JsonNode.Parse(Secrets.Text(text)));
}
