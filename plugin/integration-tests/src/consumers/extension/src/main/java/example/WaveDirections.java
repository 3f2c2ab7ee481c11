package example;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;
import org.thalweg.direction.DirectionContext;
import org.thalweg.direction.DirectionPair;
import org.thalweg.direction.DirectionSource;

/** A kind of plane: cosine and sine of a parameter's number. */
public record WaveDirections() implements DirectionSource {

    @Override
    public DirectionPair at(DirectionContext context) {
        INDArray numbers = Nd4j.arange(context.theta().length()).castTo(context.theta().dataType());
        return new DirectionPair(Transforms.cos(numbers, true), Transforms.sin(numbers, true));
    }

    @Override
    public String describe() {
        return "cosine and sine";
    }
}
