using Fleetmark.Fixtures;

[assembly: AssemblyFixture(typeof(TestCluster))]
