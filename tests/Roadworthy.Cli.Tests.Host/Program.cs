using Roadworthy.Cli;
using Roadworthy.Cli.Tests.Host;

// The tool with probes of the tests' own, as a process that can be killed.
return await Tool.RunProcessAsync(args, [new QuickProbe(), new LongProbe()]);
