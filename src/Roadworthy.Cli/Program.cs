using Roadworthy.Cli;
using Roadworthy.Inspection.Probing;

return await Tool.RunProcessAsync(args, Probes.All);
