namespace Storefront.Tests.Support;

/// <summary>
/// What the process holds is everybody's, and so is the time of its cores: nothing else may run beside what measures memory, or an answer's time against
/// seconds.
/// </summary>
[CollectionDefinition(nameof(AloneInTheProcess), DisableParallelization = true)]
public sealed class AloneInTheProcess;
