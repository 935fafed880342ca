namespace Fleetmark.Models.Graphs;

/// <summary>One node of a definition. Order inside it: operation, bias, batch normalisation, activation.</summary>
public sealed record ModelNode
{
    /// <summary>Unique name in the definition: letters, digits, <c>_</c> and <c>-</c>.</summary>
    public required string Id { get; init; }

    /// <summary>What it computes.</summary>
    public required NodeOperation Operation { get; init; }

    /// <summary>Where it stands in the definition file, counted from 1.</summary>
    public required int Line { get; init; }

    /// <summary>Ids it reads, or the name of the model's input; at least one.</summary>
    public required IReadOnlyList<string> Inputs { get; init; }

    /// <summary>Shapes of <see cref="Inputs"/>, in their order.</summary>
    public required IReadOnlyList<Shape> InputShapes { get; init; }

    /// <summary>Computed shape of its result.</summary>
    public required Shape Output { get; init; }

    /// <summary>Window of conv, maxpool and avgpool; null for the others.</summary>
    public Window? Window { get; init; }

    /// <summary>Groups of a convolution; 1 for the others.</summary>
    public int Groups { get; init; } = 1;

    /// <summary>Whether conv and fc add one learnt value per output channel.</summary>
    public bool Bias { get; init; }

    /// <summary>Whether batch normalisation follows a convolution.</summary>
    public bool BatchNorm { get; init; }

    /// <summary>The constant of scale; 0 for the others.</summary>
    public float Factor { get; init; }

    /// <summary>Function applied last.</summary>
    public Activation Activation { get; init; }

    /// <summary>Channels or features of the first input.</summary>
    public int InputChannels => InputShapes[0].Channels;

    /// <summary>Multiply-adds per output element of conv and fc, (cin/g)·kh·kw or cin; 0 for the others.</summary>
    public long FanIn => Operation switch
    {
        NodeOperation.Conv => InputChannels / Groups * Window!.Kernel.Area,
        NodeOperation.FullyConnected => InputChannels,
        _ => 0,
    };

    /// <summary>Number of weights of conv and fc; 0 for the others.</summary>
    public long Weights => FanIn * Output.Channels;
}
