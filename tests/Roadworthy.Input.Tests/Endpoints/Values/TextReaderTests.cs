using TextReader = Roadworthy.Input.Endpoints.Values.TextReader;

namespace Roadworthy.Input.Tests.Endpoints.Values;

public sealed class TextReaderTests
{
    // Not as attributes: the compiler writes those as UTF-8, which has no halves.
    private static readonly string[] Good = ["", "a😀b", "😀😀"];
    private static readonly string[] Bad = ["a\uD83D", "\uDE00a", "\uD83D\uD83D\uDE00", "\uD83D\uDE00\uDE00", "😀\0", "\0"];

    [Fact]
    public void Half_a_surrogate_pair_and_NUL_are_faults()
    {
        Assert.All(Good, text => Assert.Null(TextReader.Fault(text)));
        Assert.All(Bad, text => Assert.Equal("text", TextReader.Fault(text)?.Rule));
    }
}
