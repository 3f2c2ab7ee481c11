package org.thalweg.curvature;

import java.util.List;
import java.util.ServiceLoader;

/**
 * A number that says something about the landscape at the parameters of a frame. It becomes a meter, a column of
 * {@code metrics.csv} and an attribute of the frame's file under its name.
 *
 * <p>Quantities are found through {@link ServiceLoader}: a new one is a class with a public constructor without
 * parameters, and its name in {@code META-INF/services/org.thalweg.curvature.CurvatureQuantity}. They are stateless.
 *
 * @since 0.2.0
 */
public interface CurvatureQuantity {

    /** The reason of a quantity that was not asked for: it is left out without a word. */
    String OFF = "off";

    /** Its name in files and meters, {@code gradient_norm} say. */
    String name();

    /** What it is, in a sentence. */
    String description();

    /**
     * Its value.
     *
     * @throws AbsentException if it, or what it is computed from, cannot be had
     */
    double of(CurvatureContext context);

    /** All that the class loader of this interface sees, whatever the thread's own loader is: in application servers it differs. */
    static List<CurvatureQuantity> all() {
        return ServiceLoader.load(CurvatureQuantity.class, CurvatureQuantity.class.getClassLoader()).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
    }
}
