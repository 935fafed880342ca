// Each test starts a stack with a database and measures on this machine: one at a time.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
