using Microsoft.Extensions.Options;
using Roadworthy.Errors.Exceptions;
using Roadworthy.Errors.Records;
using Roadworthy.Errors.Tracking;
using Roadworthy.Errors.Tracking.Occurrences;

namespace Roadworthy.Errors.Tests.Tracking;

public sealed class FingerprintTests
{
    [Theory]
    [InlineData("Shop.Orders.PlaceOrder.Handle(Basket basket) in /src/PlaceOrder.cs:line 41", "Shop.Orders.PlaceOrder.Handle")]
    [InlineData("Shop.Orders.PlaceOrder.<Handle>d__5.MoveNext() in /src/PlaceOrder.cs:line 41", "Shop.Orders.PlaceOrder.Handle")]
    [InlineData("Shop.Orders.PlaceOrder.<Handle>d__17.MoveNext()", "Shop.Orders.PlaceOrder.Handle")]
    [InlineData("Shop.Program.<>c.<Main>b__0_1(HttpContext http)", "Shop.Program.Main.lambda")]
    [InlineData("Shop.Program.<>c.<<Main>b__0_4>d.MoveNext()", "Shop.Program.Main.lambda")]
    [InlineData("Shop.Program.<>c__DisplayClass5_0.<Main>b__2(Int32 i)", "Shop.Program.Main.lambda")]
    [InlineData("Shop.Program.<>c__DisplayClass5_0.<<Main>g__Price|3>d.MoveNext()", "Shop.Program.Main.Price")]
    [InlineData("Shop.Program.<Main>g__Price|0_3(Int32 cents)", "Shop.Program.Main.Price")]
    [InlineData("Program.<Main>$(String[] args)", "Program.Main")]
    [InlineData("Shop.Cache`2.Get[TKey](TKey key)", "Shop.Cache.Get")]
    [InlineData("Shop.Orders.Order..ctor(Int32 id)", "Shop.Orders.Order..ctor")]
    [InlineData("Shop.Lines.<Shop.ILines.Read>d__3.MoveNext()", "Shop.Lines.Shop.ILines.Read")]
    [InlineData("Shop.Lines.MoveNext()", "Shop.Lines.MoveNext")]
    [InlineData("lambda_method57(Closure , Object )", "lambda_method")]
    [InlineData("", "")]
    [InlineData("<<<", "")]
    [InlineData(">.<.>(", ">..>")]
    public void A_frame_is_named_as_its_author_named_it(string frame, string name) => Assert.Equal(name, FrameName.Of(frame));

    [Theory]
    [InlineData("A.B(C c) in /home/x y/Place Order.cs:line 41", "Place Order.cs:41")]
    [InlineData("A.B(C c) in C:\\src\\Order.cs:line 7", "Order.cs:7")]
    [InlineData("A.B(C c)", "")]
    [InlineData("A.B(C c) in ", "")]
    public void A_place_is_the_file_and_the_line(string frame, string place) => Assert.Equal(place, FrameName.Place(frame));

    [Fact]
    public void The_message_and_the_line_make_no_difference_and_the_type_and_the_method_do()
    {
        var one = Print(Trace("Shop.A.Do() in /a/A.cs:line 41", "Shop.B.Go() in /a/B.cs:line 3"), "one");
        Assert.Equal(one, Print(Trace("Shop.A.Do() in /b/A.cs:line 97", "Shop.B.Go()"), "two"));
        Assert.NotEqual(one, Print(Trace("Shop.A.Undo() in /a/A.cs:line 41", "Shop.B.Go() in /a/B.cs:line 3"), "one"));
        Assert.NotEqual(one, Print(Trace("Shop.A.Do() in /a/A.cs:line 41", "Shop.B.Go() in /a/B.cs:line 3"), "one", "System.Exception"));
    }

    [Fact]
    public void What_libraries_do_on_the_way_and_how_deep_a_recursion_is_make_no_difference()
    {
        var one = Print(Trace("Shop.A.Do()", "Shop.A.Do()", "System.Linq.Enumerable.Sum()", "Shop.B.Go()"));
        Assert.Equal(one, Print(Trace("Npgsql.Internal.Read()", "Shop.A.Do()", "Microsoft.EntityFrameworkCore.Query()", "Dapper.SqlMapper.Query()", "Shop.B.Go()")));
        Assert.NotEqual(one, Print(Trace("Systematic.Shop.Do()", "Shop.A.Do()", "Shop.B.Go()")));
    }

    [Fact]
    public void An_endpoints_lambda_is_told_from_its_neighbours_by_its_route_and_not_by_its_ordinal()
    {
        Assert.Equal(Print(Trace("Program.<>c.<<Main>$>b__0_1()")), Print(Trace("Program.<>c.<<Main>$>b__0_9()")));
        var lambda = Trace("Shop.Program.<>c.<Main>b__0_1()");
        Assert.NotEqual(PrintOf(lambda, "/orders"), PrintOf(lambda, "/baskets"));
        Assert.Equal(PrintOf(lambda, "/orders"), PrintOf(Trace("Shop.Program.<>c.<Main>b__0_2()"), "/orders"));
    }

    [Fact]
    public async Task The_real_stack_of_an_async_method_gives_its_name()
    {
        var frames = new List<string>();
        foreach (var thrown in new[] { await ThrownAsync(() => FailAsync(1)), await ThrownAsync(async () => await FailAsync(2)) })
        {
            var node = ExceptionReader.Read(thrown);
            frames.Add(FrameName.Of(node.Frames[0]));
        }

        Assert.All(frames, frame => Assert.Equal("Roadworthy.Errors.Tests.Tracking.FingerprintTests.FailAsync", frame));
    }

    private static async Task FailAsync(int number)
    {
        await Task.Yield();
        throw new InvalidOperationException($"Number {number}");
    }

    private static async Task<Exception> ThrownAsync(Func<Task> action) => await Assert.ThrowsAsync<InvalidOperationException>(action);

    private static string Trace(params string[] frames) => string.Join('\n', frames.Select(frame => "   at " + frame));

    private static Guid Print(string trace, string message = "m", string type = "Shop.Fault") => PrintOf(trace, null, message, type);

    private static Guid PrintOf(string trace, string? route, string message = "m", string type = "Shop.Fault")
    {
        var options = Options.Create(new ErrorTrackingOptions());
        var reader = new OccurrenceReader(new OwnCode(options), options, Options.Create(new ErrorsOptions()));
        var node = new ExceptionNode(type, 0) { Message = message, Frames = StackLines.Parse(trace), Total = 1 };
        return reader.Read(
            new RecordInput
            {
                Time = DateTimeOffset.UnixEpoch,
                Level = LogLevel.Error,
                Category = "c",
                Message = "x",
                Root = node,
                Request = new RequestFields { Route = route },
            },
            default).Group;
    }
}
