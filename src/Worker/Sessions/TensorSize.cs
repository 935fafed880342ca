using Fleetmark.Measurement.Launches;
using Fleetmark.Worker.Protocol;

namespace Fleetmark.Worker.Sessions;

/// <summary>How many values a tensor holds, counted before anybody asks for the memory.</summary>
internal static class TensorSize
{
    /// <summary>The number of values.</summary>
    /// <param name="tensor">What the tensor is, for the message.</param>
    /// <param name="shape">Its shape, at most four axes of 32 bits.</param>
    /// <exception cref="WorkerException">More than one array of .NET holds: the caller's copy of the tensor is one.</exception>
    internal static int Of(string tensor, IEnumerable<long> shape)
    {
        Int128 values = shape.Aggregate(Int128.One, (product, size) => product * size);
        return values <= Array.MaxLength ? (int)values
            : throw new WorkerException(WorkerErrorCode.OutOfMemory, $"an {tensor} of {values} values does not fit into memory here, {Array.MaxLength} would");
    }
}
