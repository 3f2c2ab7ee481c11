package org.thalweg.curvature;

import java.util.List;
import java.util.ServiceLoader;

/**
 * A number that describes the landscape at the parameters of a frame. It becomes a meter, a column of
 * {@code metrics.csv} and an attribute of the frame's file under its name.
 *
 * <p>{@link ServiceLoader} finds quantities: a new one is a class with a public constructor without parameters, listed
 * in {@code META-INF/services/org.thalweg.curvature.CurvatureQuantity}. Stateless.
 *
 * @since 0.2.0
 */
public interface CurvatureQuantity {

    /** The reason of a quantity that was not requested: it is left out silently. */
    String OFF = "off";

    /** Its name in files and meters, such as {@code gradient_norm}. */
    String name();

    /** A description in one sentence. */
    String description();

    /**
     * Its value.
     *
     * @throws AbsentException if it, or one of its inputs, is not available
     */
    double of(CurvatureContext context);

    /**
     * All quantities that the class loader of this interface finds. The thread's context loader is not used: it differs
     * in application servers.
     */
    static List<CurvatureQuantity> all() {
        return ServiceLoader.load(CurvatureQuantity.class, CurvatureQuantity.class.getClassLoader()).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
    }
}
