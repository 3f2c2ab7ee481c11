package org.thalweg.direction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.thalweg.direction.PlaneProjection.Projected;
import org.thalweg.testing.Networks;
import org.thalweg.testing.Seeds;

class PlaneProjectionTest {

    private final long seed = Seeds.fresh("PlaneProjectionTest");
    private final Random random = new Random(seed);
    private final INDArray origin = normal();
    private final INDArray delta = normal().muli(3);
    private final INDArray eta = normal().addi(delta);
    private final PlaneProjection plane = new PlaneProjection(origin, new DirectionPair(delta, eta));

    @Test
    void aPointOfThePlaneIsItself() {
        double alpha = random.nextGaussian();
        double beta = random.nextGaussian();
        Projected found = plane.project(origin.add(delta.mul(alpha)).addi(eta.mul(beta)));
        assertThat(found.alpha()).as("seed %d", seed).isCloseTo(alpha, within(1e-9));
        assertThat(found.beta()).as("seed %d", seed).isCloseTo(beta, within(1e-9));
        assertThat(found.distance()).as("seed %d", seed).isCloseTo(0, within(1e-9));
    }

    @Test
    void whatIsLeftIsOrthogonalToThePlaneAndPythagorasHolds() {
        INDArray point = normal();
        Projected found = plane.project(point);
        INDArray onPlane = delta.mul(found.alpha()).addi(eta.mul(found.beta()));
        INDArray rest = point.sub(origin).subi(onPlane);
        assertThat(rest.mul(delta).sumNumber().doubleValue())
                .as("seed %d", seed)
                .isCloseTo(0, within(1e-9));
        assertThat(rest.mul(eta).sumNumber().doubleValue()).as("seed %d", seed).isCloseTo(0, within(1e-9));
        double whole = point.squaredDistance(origin);
        double along = Math.pow(onPlane.norm2Number().doubleValue(), 2);
        assertThat(found.distance()).as("seed %d", seed).isCloseTo(Math.sqrt(whole - along), within(1e-7));
    }

    @Test
    void parallelDirectionsSpanNoPlane() {
        assertThatThrownBy(() -> new PlaneProjection(origin, new DirectionPair(delta, delta.mul(-2))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("span no plane")
                .hasMessageContaining("cosine between them -1.0");
    }

    private INDArray normal() {
        return Networks.normal(random, 25).castTo(DataType.DOUBLE);
    }
}
