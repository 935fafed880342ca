using Fleetmark.Agent.Link;

namespace Fleetmark.Agent.Tests.Link;

public sealed class GatewayAddressTests
{
    [Theory]
    [InlineData("unix:/run/fleetmark/gateway.sock", "/run/fleetmark/gateway.sock")]
    [InlineData("https://silo.example:5081", null)]
    [InlineData("http://127.0.0.1:5081", null)]
    [InlineData("http://localhost:5081", null)]
    public void Addresses_people_write_are_understood(string text, string? socket)
    {
        Assert.True(GatewayAddress.TryParse(text, isPlaintextAllowed: false, out GatewayAddress? address, out _));
        Assert.Equal(socket, address.SocketPath);
    }

    [Theory]
    [InlineData("unix:relative.sock", "absolute")]
    [InlineData("silo:5081", "https://host:port")]
    [InlineData("nonsense", "https://host:port")]
    [InlineData("http://silo.example:5081", "plaintext")]
    public void What_is_wrong_with_an_address_is_said(string text, string said)
    {
        Assert.False(GatewayAddress.TryParse(text, isPlaintextAllowed: false, out _, out string? problem));
        Assert.Contains(said, problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_socket_path_the_kernel_would_cut_is_refused() =>
        Assert.False(GatewayAddress.TryParse("unix:/" + new string('a', 107), isPlaintextAllowed: false, out _, out _));

    [Fact]
    public void Plaintext_beyond_this_machine_needs_a_wish() => Assert.True(GatewayAddress.TryParse("http://silo:5081", isPlaintextAllowed: true, out _, out _));
}
