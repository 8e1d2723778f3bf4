// Both drafts in both builds, as processes, at every row of their tables: more than a push should wait for.
[assembly: Trait("Category", "Long")]
