using Roadworthy.Wire.Tests.Support;

[assembly: AssemblyFixture(typeof(Database))]
