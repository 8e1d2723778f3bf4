using Roadworthy.Inspection.Driving;

namespace Roadworthy.Inspection.Tests.Driving;

public sealed class CredentialsTests
{
    [Theory]
    [InlineData("username=ada;email=a@example.com;password=p", "ada", "a@example.com")]
    [InlineData("email=a@example.com;password=p", "a@example.com")]
    [InlineData("phone=+491701234567;password=p", "+491701234567")]
    [InlineData("login=x1;password=p", "x1")]
    [InlineData("customernumber=4711;passcode=p", "4711")]
    public void A_log_in_is_tried_by_whatever_names_somebody(string credentials, params string[] names)
    {
        var given = credentials.Split(';').Select(each => each.Split('=')).ToDictionary(each => each[0], each => each[1], StringComparer.OrdinalIgnoreCase);

        Assert.Equal(names, Credentials.ForLogIn(given).Select(each => each["username"]));
    }
}
