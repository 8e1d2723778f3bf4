using System.Net;
using Microsoft.Extensions.Options;
using Roadworthy.Sessions.Keys;
using Storefront.Accounts.Guessing;
using Storefront.Hosting;
using Storefront.Tests.Support;

namespace Storefront.Tests.Accounts.Guessing;

public sealed class LogInThrottleTests
{
    [Theory]
    [InlineData("192.0.2.7", "192.0.2.7")]
    [InlineData("::ffff:192.0.2.7", "192.0.2.7")]
    [InlineData("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64")]
    [InlineData("2001:db8:1:2:ffff:ffff:ffff:ffff", "2001:db8:1:2::/64")]
    [InlineData("2001:db8:1:3::1", "2001:db8:1:3::/64")]
    [InlineData("fe80::1%3", "fe80::/64")]
    [InlineData("::1", "::/64")]
    public void A_network_is_an_IPv4_address_or_an_IPv6_64(string address, string network) =>
        Assert.Equal(network, LogInThrottle.Network(IPAddress.Parse(address)));

    [Fact]
    public void Where_the_address_is_not_known_all_are_of_one_network() => Assert.Equal("", LogInThrottle.Network(null));

    [Fact]
    public void Keys_differ_by_account_and_by_network_and_show_neither()
    {
        var throttle = Throttle(1);
        var here = IPAddress.Parse("192.0.2.7");
        byte[][] keys = [
            throttle.Key("A@EXAMPLE.COM", here), throttle.Key("B@EXAMPLE.COM", here),
            throttle.Key("A@EXAMPLE.COM", IPAddress.Parse("192.0.2.8")), throttle.Key("A@EXAMPLE.COM", IPAddress.Parse("2001:db8::1")),
        ];
        Assert.Equal(4, keys.Select(Convert.ToHexString).Distinct(StringComparer.Ordinal).Count());
        Assert.All(keys, key => Assert.Equal(32, key.Length));
        Assert.Equal(keys[0], throttle.Key("A@EXAMPLE.COM", IPAddress.Parse("::ffff:192.0.2.7")));
        // Without the root key nobody can try addresses against a dump of the table.
        Assert.NotEqual(keys[0], Throttle(2).Key("A@EXAMPLE.COM", here));
    }

    private static LogInThrottle Throttle(byte root) =>
        new(null!, Roots.Of([.. Enumerable.Range(root, RootKey.Length).Select(n => (byte)n)]).Primary, null!, Options.Create(new StorefrontOptions()));
}
