// Backends of several languages are installed, started and driven: more than a push should wait for.
[assembly: Trait("Category", "Long")]
