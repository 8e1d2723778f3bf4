using System.Reflection;
using Microsoft.Extensions.Time.Testing;
using Roadworthy.Queries.Places;
using Roadworthy.Queries.Sql;
using Roadworthy.Queries.Tests.Support;

namespace Roadworthy.Queries.Tests.Recording;

public sealed class PlacesTests
{
    private static readonly CallSite Exact = new("Orders.cs:41", "Orders.ListAsync");
    private static readonly CallSite Method = new("Orders.cs:38-45", "Orders.ListAsync", MayTellMore: true);

    [Fact]
    public void A_method_is_told_by_its_lines()
    {
        var method = typeof(PlacesTests).GetMethod(nameof(Three), BindingFlags.Static | BindingFlags.NonPublic)!;

        Assert.Equal($"{Source.LineOf("Console.Out.Write(one); // first")}-{Source.LineOf("return one + 1; // last").Split(':')[1]}", MethodLines.Of(method));
    }

    [Fact]
    public void A_line_that_was_seen_is_told_when_only_the_method_is_known_any_more()
    {
        var (time, endpoint, statement) = (new FakeTimeProvider(), new object(), new Fingerprint("SELECT 1", false, false));
        var places = new KnownPlaces(time);
        Assert.Equal(Method, places.Remember(endpoint, statement, Method));
        Assert.Equal(Exact, places.Remember(endpoint, statement, Exact));
        time.Advance(TimeSpan.FromMinutes(1));
        Assert.False(places.TryFind(endpoint, statement, out _));
        Assert.Equal(Exact, places.Remember(endpoint, statement, Method));
        // Another method is another place.
        Assert.Equal("Users.cs:1-9", places.Remember(endpoint, statement, new("Users.cs:1-9", "Users.ListAsync", MayTellMore: true)).Line);
    }

    private static int Three(int one)
    {
        Console.Out.Write(one); // first
        return one + 1; // last
    }
}
