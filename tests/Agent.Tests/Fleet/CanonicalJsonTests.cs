using System.Text;
using System.Text.Json.Nodes;
using Fleetmark.Agent.Fleet;

namespace Fleetmark.Agent.Tests.Fleet;

public sealed class CanonicalJsonTests
{
    [Fact]
    public void Order_and_spaces_of_the_source_do_not_matter()
    {
        JsonNode one = JsonNode.Parse("""{ "b": [ 1, { "z": null, "a": "é<" } ], "a": 1.50 }""")!;
        Assert.Equal("""{"a":1.50,"b":[1,{"a":"é<","z":null}]}""", Encoding.UTF8.GetString(CanonicalJson.Bytes(one)));
    }
}
