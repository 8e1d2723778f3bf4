using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Roadworthy.Console.Requests;

namespace Roadworthy.Console.Tests.Requests;

public sealed class RequestFilterTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("?by=slowest&route=GET%20/api&status=5&n1=1", "?by=slowest&route=GET%20%2Fapi&status=5&n1=1")]
    [InlineData("?by=fastest&status=1&n1=yes&more=1", "")]
    [InlineData("?status=55&route=%22%3E%3Cb%3E", "?route=%22%3E%3Cb%3E")]
    public void An_address_says_what_is_shown_and_what_it_says_wrongly_is_left_out(string address, string same) =>
        Assert.Equal(same, RequestFilter.Read(new QueryCollection(QueryHelpers.ParseQuery(address))).Address);
}
