namespace Roadworthy.Repository.Tests;
public class PlaceholderTests { [Fact] public void Works() => Assert.Equal(2, Environment.NewLine.Length + 1); }
