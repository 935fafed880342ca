using Fleetmark.Storage.Clusters;

namespace Fleetmark.Storage.Tests.Clusters;

public sealed class ClusterPlaceTests
{
    [Fact]
    public void Socket_lies_beside_the_data_without_a_login_session() =>
        Assert.Equal("/home/a/fleetmark/pg/s", new ClusterPlace("/home/a/fleetmark/pg").SocketFolder(15, runtimeFolder: null));

    [Fact]
    public void Socket_of_a_login_session_is_named_after_the_data()
    {
        string? one = new ClusterPlace("/home/a/pg").SocketFolder(15, "/run/user/1000");
        string? two = new ClusterPlace("/home/b/pg").SocketFolder(15, "/run/user/1000");
        Assert.Matches("^/run/user/1000/fleetmark-[0-9a-f]{8}$", one);
        Assert.NotEqual(one, two);
    }

    [Theory]
    [InlineData(93, true)]    // 93 + 14 characters of "/.s.PGSQL.5432" are the 107 a socket path may have
    [InlineData(94, false)]
    public void Socket_path_of_107_bytes_is_the_longest(int folderLength, bool fits) =>
        Assert.Equal(fits, ClusterPlace.FitsSocket("/" + new string('x', folderLength - 1)));

    [Fact]
    public void Letters_of_several_bytes_count_as_their_bytes() => Assert.False(ClusterPlace.FitsSocket("/" + new string('é', 47)));

    [Fact]
    public void Home_decides_the_place_and_root_has_one_of_its_own()
    {
        Assert.Equal("/srv/f/pg", ClusterSettings.FromEnvironment(n => n == "FLEETMARK_HOME" ? "/srv/f" : null).Root);
        string unset = ClusterSettings.FromEnvironment(_ => null).Root;
        if (Environment.IsPrivilegedProcess) Assert.Equal("/var/lib/fleetmark/pg", unset);
        else Assert.EndsWith("/fleetmark/pg", unset, StringComparison.Ordinal);
    }
}
