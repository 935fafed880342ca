namespace Fleetmark.Measurement.Regressions;

/// <summary>
/// Divisive search for changes by the energy distance (D. S. Matteson and N. A. James, A nonparametric approach for multiple change point analysis of multivariate data, 2014)
/// with Student's t in place of their permutations (P. Fleming, P. Kołaczkowski et al., Hunter, 2023): the same series always has the same breaks.
/// </summary>
internal static class EnergySplit
{
    /// <summary>Fewest points of a segment.</summary>
    internal const int SmallestSegment = 3;

    private const double Significance = 0.01;

    /// <summary>Adds the breaks of the points from <paramref name="begin"/> to before <paramref name="end"/>, as indexes of the first point after.</summary>
    internal static void Find(WeightedPoints points, int begin, int end, SortedSet<int> breaks)
    {
        if (end - begin < 2 * SmallestSegment) return;
        int at = Best(points, begin, end);
        if (points.Step(begin, at, end).P > Significance) return;
        breaks.Add(at);
        Find(points, begin, at, breaks);
        Find(points, at, end, breaks);
    }

    /// <summary>The place where the two sides are furthest apart in energy; the earliest of equal ones.</summary>
    private static int Best(WeightedPoints points, int begin, int end)
    {
        // Sums of the weighted distances within the left side, within the right one and between them, moved on by one point at a time.
        var left = new Side();
        var right = new Side();
        double between = 0;
        for (int i = begin; i < end; i++) right.Add(points.Weight(i), Distances(points, i, begin, i));
        (int best, double most) = (begin + SmallestSegment, double.NegativeInfinity);
        for (int at = begin; at < end - SmallestSegment; at++)
        {
            double toLeft = Distances(points, at, begin, at);
            double toRight = Distances(points, at, at + 1, end);
            left.Add(points.Weight(at), toLeft);
            right.Remove(points.Weight(at), toRight);
            between += toRight - toLeft;
            if (at + 1 - begin < SmallestSegment) continue;
            double distance = (2 * between / (left.Weight * right.Weight)) - left.MeanDistance - right.MeanDistance;
            double energy = left.Weight * right.Weight / (left.Weight + right.Weight) * distance;
            if (energy > most) (best, most) = (at + 1, energy);
        }

        return best;
    }

    private static double Distances(WeightedPoints points, int from, int begin, int end)
    {
        double sum = 0;
        for (int i = begin; i < end; i++) sum += points.Weight(i) * Math.Abs(points.Logs[i] - points.Logs[from]);
        return points.Weight(from) * sum;
    }

    /// <summary>Weights and weighted distances of one side.</summary>
    private sealed class Side
    {
        private double _squares;
        private double _distances;

        internal double Weight { get; private set; }

        /// <summary>Mean distance of two different points of the side.</summary>
        internal double MeanDistance => 2 * _distances / ((Weight * Weight) - _squares);

        internal void Add(double weight, double distances) => Move(weight, weight * weight, distances);

        internal void Remove(double weight, double distances) => Move(-weight, -weight * weight, -distances);

        private void Move(double weight, double square, double distances)
        {
            Weight += weight;
            _squares += square;
            _distances += distances;
        }
    }
}
